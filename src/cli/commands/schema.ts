import { Command } from 'commander';
import { z } from 'zod';
import {
  correctionsSchema,
  deviationsSchema,
  didYouMean,
  editionSchema,
  methodologySchema,
  sourcesSchema,
  translationSchema,
} from '#edition/index';
import { mappingSchema } from '#importers/index';
import { Exit } from '../open.ts';
import { writeJson } from '../terminal.ts';

const SCHEMAS = {
  edition: editionSchema,
  methodology: methodologySchema,
  deviations: deviationsSchema,
  corrections: correctionsSchema,
  translation: translationSchema,
  sources: sourcesSchema,
  mapping: mappingSchema,
};

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print JSON Schema, so that editors complete and validate the files')
    .argument(
      '[file]',
      'edition, methodology, deviations, corrections, translation, sources or mapping; all of them if not given',
    )
    .option('--json', 'print JSON (it always is)')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay schema methodology > methodology.schema.json\n  and as the first line of methodology.yaml:\n  # yaml-language-server: $schema=methodology.schema.json',
    )
    .action((file: string | undefined) => {
      const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' });
      if (file === undefined) {
        writeJson(Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, json(schema)])));
        return;
      }
      const name = file.replace(/\.(?:ya?ml|json)$/, '');
      const schema = Object.entries(SCHEMAS).find(([known]) => known === name)?.[1];
      if (!schema)
        throw new Exit(
          2,
          `There is no schema for “${file}”.${didYouMean(name, Object.keys(SCHEMAS))} There are ${Object.keys(SCHEMAS).join(', ')}.`,
        );
      writeJson(json(schema));
    });
}
