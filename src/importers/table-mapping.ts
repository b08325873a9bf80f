import { z } from 'zod';
import { methodologySchema, unitNouns } from '#edition/index';

/** The shape of a mapping file: what stands where in the tables of an index, and what it means. */

const column = z.string().min(1, 'must name a column');
const id = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words of a–z and 0–9 joined by single hyphens');
const cellText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const table = z.strictObject({
  file: z.string().min(1).meta({ description: 'The name of a file; * stands for anything.' }),
  sheet: z
    .string()
    .optional()
    .meta({ description: 'Of a spreadsheet; the first that is not hidden if not said.' }),
  skip: z.int().min(0).max(1000).optional().meta({ description: 'So many rows stand above the heading.' }),
  heading: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'So many rows the heading has; one if not said.' }),
  separator: z
    .enum(['comma', 'semicolon', 'tab', 'bar'])
    .optional()
    .meta({ description: 'Of a CSV file; found in its rows if not said.' }),
  encoding: z
    .string()
    .optional()
    .meta({ description: 'Of a CSV file, such as windows-1251; recognised if not said.' }),
  where: z
    .record(z.string(), z.union([cellText, z.array(cellText).min(1)]))
    .optional()
    .meta({ description: 'Only rows with these values in these columns.' }),
  until: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'The table ends above the first row that begins so; * stands for anything.' }),
});

/** What stands for a word of a table, such as a weight or the points of an answer. */
const wordsAsNumbers = z.record(z.string(), cellText);

const units = table.extend({
  id: column.meta({ description: 'What the other tables call the unit.' }),
  name: column.optional(),
  group: column.optional(),
  headquarters: column.optional(),
  country: column.optional(),
  note: column.optional(),
  company: column.optional().meta({ description: 'Filled for a service: what its company is called.' }),
  'part-of': column.optional().meta({ description: 'Filled for a service that is part of another.' }),
  kind: column.optional(),
});

const leaves = z.strictObject({
  parent: id.meta({ description: 'The measure above them, where no table says another.' }),
  scale: id.meta({ description: 'What they are answered on, where no table says another.' }),
  recorded: z.literal(true).optional(),
  from: table
    .extend({
      id: column.meta({ description: 'What the other tables call the measure.' }),
      name: column.optional(),
      question: column.optional(),
      parent: column.optional(),
      weight: column.optional(),
      scale: column.optional(),
      points: z.record(id, column).optional().meta({
        description: 'By answer, the column with its points: each question has a scale of its own.',
      }),
    })
    .optional(),
  parents: z
    .record(z.string().min(1), id)
    .optional()
    .meta({ description: 'By the beginning of what a measure is called, the measure above it.' }),
  weights: wordsAsNumbers.optional().meta({ description: 'What words for weights stand for.' }),
  points: wordsAsNumbers.optional().meta({ description: 'What words for points stand for.' }),
});

const data = table.extend({
  unit: column.optional().meta({ description: 'The column with the unit, unless units stand across.' }),
  'units-across': z
    .union([z.literal(true), z.array(column).min(1)])
    .optional()
    .meta({
      description: 'Questions down, units across: the columns that are units, or true for all others.',
    }),
  rows: z
    .record(z.string().min(1), z.union([z.enum(['total', 'position', 'grade', 'note']), id]))
    .optional()
    .meta({
      description:
        'Rows that are published figures: by what stands in the column of measures, total, position, grade, or the measure whose score it is.',
    }),
  measure: column.optional().meta({ description: 'Long: the column with the measure.' }),
  answer: column.optional().meta({ description: 'Long: the column with the answer.' }),
  score: column.optional().meta({ description: 'Long: the column with the published score of the measure.' }),
  answers: z
    .union([z.literal('by-heading'), z.record(id, column)])
    .optional()
    .meta({
      description:
        'Wide: by measure, the column with its answer; or by-heading, every column that is headed by the name or id of a measure.',
    }),
  scores: z
    .record(id, column)
    .optional()
    .meta({ description: 'By measure, the column with its published score.' }),
  total: column.optional(),
  position: column.optional(),
  grade: column.optional(),
  note: column.optional(),
  source: column
    .optional()
    .meta({ description: 'The column with an address, or with what the source is called.' }),
  'score-for-answer': z.literal(true).optional().meta({
    description:
      'Long: where a row has a score and no answer, or one that is no answer, the score is taken for it.',
  }),
});

const missing = z.enum(['not-assessed', 'not-applicable', 'no-evidence']);

export const mappingSchema = z
  .strictObject({
    edition: z.strictObject({
      id,
      title: z.string().min(1),
      publisher: z.string().optional(),
      licence: z.string().default('LicenseRef-as-published'),
      series: id.optional(),
      languages: z.array(z.string()).min(1).default(['en']),
      units: unitNouns.optional(),
      'does-not-say': z.array(z.string().min(1)).min(1).optional(),
    }),
    method: z.union([z.string(), methodologySchema]).meta({
      description: 'The methodology, or the path of its file, seen from the mapping.',
    }),
    leaves: leaves
      .optional()
      .meta({ description: 'Measures that stand in the tables and not in the methodology are made leaves.' }),
    units: units.optional(),
    tables: z.array(data).min(1),
    measures: z
      .record(z.string(), id)
      .optional()
      .meta({ description: 'What tables call measures, and their ids.' }),
    values: z
      .record(z.string(), cellText)
      .optional()
      .meta({ description: 'What tables answer, and the answers of the scale or states.' }),
    'values-of': z
      .record(id, z.record(z.string(), cellText))
      .optional()
      .meta({ description: 'The same for one scale.' }),
    'values-of-scores': z
      .record(z.string(), cellText)
      .optional()
      .meta({ description: 'What tables publish as a score, and the number it stands for.' }),
    missing: missing.default('not-assessed').meta({
      description: 'What an empty cell is, and a row that no table has, unless they are told apart.',
    }),
    'empty-cell': missing.optional().meta({ description: 'What an empty cell is, if not “missing”.' }),
    'missing-row': missing.optional().meta({
      description: 'What a unit has on a measure of which no table has a row, if not “missing”.',
    }),
    doubled: z.enum(['refuse', 'first', 'last']).default('refuse').meta({
      description: 'Which counts where a cell is answered twice, and differently.',
    }),
    decimal: z
      .enum(['point', 'comma'])
      .optional()
      .meta({ description: 'Of numbers that are texts; found in each file, and said, if not said here.' }),
    percent: z.enum(['whole', 'share']).default('whole').meta({ description: 'Whether 45% is 45 or 0.45.' }),
    own: z.literal(true).optional().meta({
      description:
        'The tables are one’s own: no release of a publisher, whose figures would be held against it.',
    }),
  })
  .meta({ title: 'mapping.yaml' });

export type Mapping = z.infer<typeof mappingSchema>;
export type DataTable = Mapping['tables'][number];
export type TablePlace = z.infer<typeof table>;
