import { z } from 'zod';
import { LABELS } from './evidence.ts';
import { date, id, LANGUAGE, text, WEB_ADDRESS } from './values.ts';

/** The shapes of the YAML and JSON files, as a person writes them, but for methodology.yaml. `assay schema` prints them as JSON Schema. */

/** Prose about an edition as a whole: a file each, all of them optional. */
export const PROSE_FILES = ['method', 'recommendations', 'correspondence', 'background'] as const;
export type ProseFile = (typeof PROSE_FILES)[number];

const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be an Ed25519 public key of 43 base64url characters');

const noun = z.strictObject({ one: text, many: text });
export const unitNouns = z
  .strictObject({
    ranked: noun.optional().meta({ description: 'What is ranked: company and companies, if not said.' }),
    parts: noun
      .optional()
      .meta({ description: 'What its parts are called: service and services, if not said.' }),
  })
  .meta({ description: 'What units are called within a sentence, one of them and several.' });

const limit = z.union(
  [
    text,
    z.strictObject({
      text,
      question: text.optional().meta({
        description:
          'What a reader would ask that this answers, such as “Is a high place a recommendation?”.',
      }),
      important: z.literal(true).optional().meta({ description: 'Shown wherever there is room for few.' }),
    }),
  ],
  'must be a sentence, or “text” with “question” and “important: true”',
);

export const editionSchema = z
  .strictObject({
    format: z.literal(1).meta({ description: 'The version of the edition format.' }),
    id,
    series: id.optional().meta({ description: 'The index of which this edition is one round.' }),
    title: text,
    headline: text.optional().meta({
      description:
        'What the edition found, in one sentence that its data bear out: the headline of the first page.',
    }),
    credit: text.optional().meta({
      description: 'Whose assessment it is, and since when: above the headline, on cards and in embeds.',
    }),
    summary: text.optional(),
    warning: text.optional().meta({
      description:
        'What readers could come to harm by not knowing: at the head of every page on a company, a service or a score.',
    }),
    'cut-off': z
      .strictObject({ date, basis: text.optional().meta({ description: 'How that date is known.' }) })
      .optional()
      .meta({ description: 'Up to when evidence counts.' }),
    released: date.optional().meta({ description: 'When this edition was published.' }),
    publisher: text.optional(),
    contact: text
      .regex(
        /^(?:https?:\/\/\S[^\s.]*\.\S+|(?:mailto:)?[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+)$/,
        'must be an e-mail or web address such as corrections@example.org',
      )
      .optional()
      .meta({ description: 'Where objections and corrections are sent: an e-mail or web address.' }),
    origin: id.optional().meta({ description: 'The source whose figures this edition carries over.' }),
    licence: text.meta({ description: 'An SPDX identifier such as CC-BY-4.0.' }),
    units: unitNouns.optional(),
    languages: z.array(z.string().regex(LANGUAGE, 'must be a BCP 47 tag such as en or pt-BR')).min(1),
    evidence: z.enum(LABELS).optional().meta({
      description:
        'What every scored answer must rest on at least: a source that is cited, captured or quoted.',
    }),
    'carried-over': z
      .strictObject({ from: id, 'not-looked-at': z.array(text).min(1) })
      .optional()
      .meta({
        description:
          'The edition that files were carried over from, and those that nobody has looked at since.',
      }),
    columns: z
      .partialRecord(
        z.enum(['answers', 'companies', 'services', 'correspondence', 'searches', 'published']),
        z.array(z.string().regex(/^[\w-]{1,40}$/, 'must be a name of letters, digits, _ and -')).min(1),
      )
      .optional()
      .meta({
        description:
          'By file, columns that the edition keeps for itself, such as reviewer: they are kept, and never published.',
      }),
    'without-reasons': z.int().min(1).optional().meta({
      description: 'So many scored answers have no reasons, since the tables that they come from give none.',
    }),
    'signed-by': z
      .union([publicKey, z.array(publicKey).min(1)])
      .optional()
      .meta({ description: 'The public key that signs the ledgers; a list, where several people do.' }),
    'does-not-say': z.array(limit).min(1).meta({ description: 'What must not be read into this edition.' }),
  })
  .meta({ title: 'edition.yaml' });

const printed = z.union([z.string(), z.number()]).transform(String);

export const deviationsSchema = z
  .array(
    z.strictObject({
      explanation: text,
      by: text.optional().meta({
        description:
          'The person who looked at the figures and says so. Without it, it is a cause that a program proposes, and the figures count as unexplained.',
      }),
      figures: z
        .array(
          z.strictObject({
            unit: id,
            measure: id,
            figure: z.enum(['score', 'total', 'position', 'grade']),
            published: printed,
            computed: printed,
          }),
        )
        .min(1),
    }),
  )
  .meta({ title: 'deviations.yaml' });

export const correctionsSchema = z
  .array(
    z.strictObject({
      id,
      date: z
        .string()
        .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'must be a day such as 2016-07-12'),
      kind: z.enum(['correction', 'change']).meta({
        description: 'A correction mends what was wrong; a change adds or rewords.',
      }),
      text: text.meta({ description: 'What was wrong, and what stands there now, in Markdown.' }),
      concerns: z
        .array(
          z.strictObject({
            unit: id,
            measure: id,
            was: printed.optional().meta({ description: 'The answer or score as it was published.' }),
            is: printed.optional().meta({ description: 'The answer or score from then on.' }),
            reasons: z.string().optional().meta({
              description: 'The note of the answer as it was, so that it can be seen whether it changed too.',
            }),
          }),
        )
        .min(1)
        .optional(),
    }),
  )
  .meta({ title: 'corrections.yaml' });

const byId = <T extends z.ZodType>(of: T) => z.record(id, of).optional();

/** The texts of an edition in another language, under the ids they belong to. All of it is optional: what is missing stays in the original. */
export const translationSchema = z
  .strictObject({
    by: text.optional().meta({ description: 'Who translated, and who read it over.' }),
    edition: z
      .strictObject({
        title: text.optional(),
        headline: text.optional(),
        credit: text.optional(),
        summary: text.optional(),
        warning: text.optional(),
        'cut-off-basis': text.optional(),
        'does-not-say': z.array(limit).min(1).optional(),
        units: unitNouns.optional(),
      })
      .optional(),
    scales: byId(
      z.record(z.string(), z.strictObject({ name: text.optional(), meaning: text.optional() })).meta({
        description: 'By answer.',
      }),
    ),
    measures: byId(
      z.strictObject({
        name: text.optional(),
        short: text.optional(),
        question: text.optional(),
        guidance: text.optional(),
        meanings: z.record(z.string(), text).optional(),
        advice: z.record(z.string(), text).optional(),
      }),
    ),
    companies: byId(
      z.strictObject({ name: text.optional(), headquarters: text.optional(), note: text.optional() }),
    ),
    services: byId(z.strictObject({ name: text.optional(), kind: text.optional(), note: text.optional() })),
    answers: byId(byId(text)).meta({ description: 'Notes on answers, by unit and measure.' }),
    assessments: byId(z.strictObject({ introduction: text.optional(), sections: byId(text) })),
    findings: byId(z.strictObject({ heading: text.optional(), text: text.optional() })),
    notice: text.optional().meta({ description: 'The notice of methodology.yaml.' }),
    themes: z.record(z.string(), text).optional().meta({
      description: 'By the theme in findings.md, its name in this language.',
    }),
    method: text.optional(),
    recommendations: text.optional(),
    correspondence: text.optional(),
    background: text.optional(),
  })
  .meta({ title: 'translations/LANGUAGE.yaml' });

export const SOURCE_KINDS = [
  'policy',
  'documentation',
  'statement',
  'letter',
  'transparency-report',
  'app-walk-through',
  'news',
  'research',
  'statistics',
  'legal',
  'correspondence',
  'report',
  'website',
] as const;

const cslName = z.union(
  [
    z.strictObject({
      family: text,
      given: text.optional(),
      suffix: text.optional(),
      'non-dropping-particle': text.optional(),
      'dropping-particle': text.optional(),
    }),
    z.strictObject({ literal: text }),
  ],
  'must be a name: { "family": …, "given": … } or { "literal": … }',
);
const datePart = z.union([z.int(), z.string().regex(/^\d+$/)]);
const cslDate = z.union(
  [
    z.strictObject({
      'date-parts': z.array(z.array(datePart).min(1).max(3)).min(1).max(2),
      circa: z.boolean().optional(),
      season: z.union([z.string(), z.number()]).optional(),
    }),
    z.strictObject({ literal: text }),
    z.strictObject({ raw: text }),
  ],
  'must be a date: { "date-parts": [[2016, 7, 12]] } or { "literal": … }',
);

const CSL_TYPES =
  'article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty webpage'.split(
    ' ',
  );
const CSL_NAMES =
  'author chair collection-editor compiler composer container-author contributor curator director editor editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer producer recipient reviewed-author script-writer series-creator translator'.split(
    ' ',
  );
const CSL_DATES = 'accessed available-date event-date issued original-date submitted'.split(' ');
const CSL_STRINGS =
  'abstract annote archive archive_collection archive_location archive-place authority call-number citation-key citation-label collection-title container-title container-title-short dimensions division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword language license medium note original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale source status title title-short URL volume-title year-suffix'.split(
    ' ',
  );
const CSL_NUMBERS =
  'chapter-number citation-number collection-number edition first-reference-note-number issue locator number number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version volume'.split(
    ' ',
  );

const fromEntries = <T>(names: readonly string[], schema: T) =>
  Object.fromEntries(names.map((name) => [name, schema])) as Record<string, T>;

/** CSL 1.0.2 item (https://github.com/citation-style-language/schema), with `custom` for what CSL has no place for. */
export const sourceSchema = z.strictObject({
  ...fromEntries(CSL_NAMES, z.array(cslName).min(1).optional()),
  ...fromEntries(CSL_DATES, cslDate.optional()),
  ...fromEntries(CSL_STRINGS, z.string().optional()),
  ...fromEntries(CSL_NUMBERS, z.union([z.string(), z.number()]).optional()),
  id,
  type: z.enum(CSL_TYPES as [string, ...string[]]),
  title: text,
  author: z.array(cslName).min(1).optional(),
  recipient: z.array(cslName).min(1).optional(),
  issued: cslDate.optional(),
  publisher: text.optional(),
  'container-title': text.optional(),
  URL: z
    .string()
    .regex(WEB_ADDRESS, 'must be a whole address that begins with http:// or https://')
    .optional(),
  custom: z
    .strictObject({
      kind: z.enum(SOURCE_KINDS).meta({ description: 'What sort of source it is.' }),
      footnotes: z.array(text).optional().meta({ description: 'Where the origin cites it.' }),
      note: text.optional(),
      file: text.optional().meta({ description: 'A copy of it within the edition folder.' }),
    })
    .meta({ description: 'What CSL has no place for.' }),
});

export const sourcesSchema = z.array(sourceSchema).meta({ title: 'sources.json' });

export type EditionMeta = z.infer<typeof editionSchema>;
export type Deviation = z.infer<typeof deviationsSchema>[number];
export type Correction = z.infer<typeof correctionsSchema>[number];
export type TranslatedTexts = z.infer<typeof translationSchema>;
export type Figure = Deviation['figures'][number]['figure'];
export type CslName = z.infer<typeof cslName>;
export type CslDate = z.infer<typeof cslDate>;
export interface Source {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly author?: readonly CslName[];
  readonly recipient?: readonly CslName[];
  readonly issued?: CslDate;
  readonly publisher?: string;
  readonly 'container-title'?: string;
  readonly URL?: string;
  readonly custom: {
    readonly kind: (typeof SOURCE_KINDS)[number];
    readonly footnotes?: readonly string[];
    readonly note?: string;
    readonly file?: string;
  };
  readonly [variable: string]: unknown;
}
