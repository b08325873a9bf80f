import { z } from 'zod';
import { COMBINE, PLAIN } from '#scoring/rules/index';
import { exact, id, text } from './values.ts';

/** The shape of methodology.yaml, as a person writes it. `assay schema` prints it as JSON Schema. */

const rounding = z.strictObject({
  rule: z.enum(['half-up', 'half-even', 'floor']),
  digits: z.int().min(0).max(12),
});

const scaleAnswer = z.strictObject({
  answer: z.union([text, z.int()], 'must be text or a whole number').transform(String),
  points: exact.optional(),
  name: text,
  meaning: text.optional(),
});

const scale = z.strictObject({
  id,
  kind: z.enum(['levels', 'options', 'number']).meta({
    description: 'levels: whole numbers; options: named answers; number: any number, from min to max.',
  }),
  answers: z
    .array(scaleAnswer)
    .max(1000)
    .default([])
    .meta({ description: 'At least two; none for numbers.' }),
  'no-evidence': exact.optional().meta({ description: 'Points when it was searched and nothing was found.' }),
  min: exact.optional().meta({ description: 'Of numbers: the lowest that can be answered.' }),
  max: exact.optional().meta({ description: 'Of numbers: the highest that can be answered.' }),
  'measured-in': text.optional().meta({ description: 'Of numbers: what they count, such as “% of GDP”.' }),
});

const band = z.strictObject({ from: exact, to: exact, points: exact, name: text.optional() });
const grade = z.strictObject({ from: exact.optional(), name: text });
const span = z.tuple([exact, exact]);

const across = z.strictObject({
  services: z.enum(PLAIN),
  nested: z.enum(PLAIN).optional().meta({
    description: 'How services that are part of another make that one’s score; as “services” if not said.',
  }),
  scope: z
    .array(text)
    .min(1)
    .optional()
    .meta({ description: 'Only services of these kinds, with all that is part of them; all if not said.' }),
});

const outliers = z
  .strictObject({ winsorise: z.int().min(1).max(100) })
  .optional()
  .meta({
    description:
      'Of a very skewed distribution: so many values at most are drawn in to the next one; where that does not suffice, logarithms are taken.',
  });

const normalise = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('min-max'), to: span, outliers }),
  z.strictObject({
    method: z.literal('goalposts'),
    from: span,
    to: span,
    beyond: z.enum(['clip', 'refuse']).optional().meta({
      description: 'What lies beyond the goalposts counts as at them, or is an error (if not said).',
    }),
  }),
  z.strictObject({ method: z.literal('z-score'), mean: exact.optional(), sd: exact.optional(), outliers }),
]);

const measure = z.strictObject({
  id,
  parent: id.optional(),
  name: text,
  short: text.optional().meta({ description: 'The name for narrow columns.' }),
  question: text.optional(),
  guidance: text.optional().meta({ description: 'How to score it, in Markdown.' }),
  meanings: z
    .record(z.string(), text)
    .optional()
    .meta({ description: 'By answer: what it takes on this very measure, where the scale says it for all.' }),
  advice: z.record(z.string(), text).optional().meta({
    description: 'By answer: what somebody who wants to get there has to do, in words for readers.',
  }),
  level: id.optional().meta({ description: 'What sort of measure it is, such as category or indicator.' }),
  scale: id.optional().meta({ description: 'Makes the measure a leaf that is answered on this scale.' }),
  points: z
    .record(z.string(), exact)
    .optional()
    .meta({ description: 'By answer: its points on this very measure, instead of those of the scale.' }),
  reversed: z.literal(true).optional().meta({
    description:
      'Each answer’s points are mirrored between the lowest and the highest of all: low + high − points.',
  }),
  excludes: z
    .array(z.union([text, z.int()]).transform(String))
    .min(1)
    .optional()
    .meta({ description: 'Answers of its scale that this very measure does not admit.' }),
  direction: z.enum(['higher', 'lower']).optional().meta({
    description:
      'Which is better: of the numbers, where they are normalised, else of the scores. Higher if not said.',
  }),
  normalise: normalise.optional().meta({ description: 'How numbers become points.' }),
  recorded: z.literal(true).optional().meta({ description: 'Answered, never scored.' }),
  unit: z
    .enum(['company', 'service'])
    .optional()
    .meta({ description: 'Who it is answered for; company if not said.' }),
  combine: z
    .enum(COMBINE)
    .optional()
    .meta({ description: 'Makes the measure a branch that combines its children.' }),
  of: id.optional().meta({
    description: 'It combines the nearest measures of this level below it, instead of its children.',
  }),
  combines: z.array(id).min(1).optional().meta({
    description: 'It combines these measures, wherever they stand, instead of its children.',
  }),
  requires: exact.optional().meta({
    description: 'The share of its children, from 0 to 1, that must have a value; else it has none.',
  }),
  weight: exact.optional().meta({ description: 'Where it is combined by weight.' }),
  'weights-sum': exact.optional().meta({ description: 'What the weights of the children add up to.' }),
  'out-of': exact
    .optional()
    .meta({ description: 'The value as a share of the attainable maximum, times this.' }),
  bands: z
    .array(band)
    .min(1)
    .optional()
    .meta({ description: 'The value is replaced by the points of its band.' }),
  grades: z
    .array(grade)
    .min(2)
    .optional()
    .meta({ description: 'What the value is called, from the lowest up; the first has no “from”.' }),
  rounded: z.literal(true).optional().meta({
    description: 'The score is rounded, as it is printed, before anything combines or compares it.',
  }),
  across: across.optional().meta({
    description: 'Answered for each service from here down; how the services make the company’s score.',
  }),
  rounding: rounding.optional(),
});

const exception = z.strictObject({
  unit: id,
  measure: id,
  reason: text.meta({ description: 'Why the rule does not hold here; readers see it.' }),
  'leave-out': z.literal(true).optional().meta({ description: 'The measure does not count for the unit.' }),
  score: exact.optional().meta({ description: 'Its score, whatever the answers.' }),
  given: exact.optional().meta({
    description: 'Its score as it was published without its parts, which are not answered.',
  }),
  maximum: exact
    .optional()
    .meta({ description: 'With “score” or “given”: the most that it could have been.' }),
  weight: exact.optional().meta({ description: 'Its weight.' }),
  combine: z.enum(PLAIN).optional().meta({ description: 'How it combines its children, all alike.' }),
  across: across.optional().meta({ description: 'How its services are combined.' }),
});

export const methodologySchema = z
  .strictObject({
    notice: text.optional().meta({
      description: 'What readers of a single score must know of how its levels were made.',
    }),
    scales: z.array(scale).min(1),
    measures: z.array(measure).min(1),
    rounding: rounding.meta({
      description: 'How scores are printed, where a measure does not say otherwise.',
    }),
    'not-assessed': z.enum(['range', 'left-out', 'lowest', 'highest']).optional().meta({
      description:
        'What becomes of what nobody assessed: every value it can have (if not said), none, the lowest or the highest.',
    }),
    exceptions: z
      .array(exception)
      .min(1)
      .optional()
      .meta({ description: 'Where a rule does not hold for one unit, and why.' }),
    ranking: z.strictObject({
      measure: id,
      basis: z
        .enum(['exact', 'published'])
        .meta({ description: 'Which totals are compared: before or after rounding.' }),
      ties: z.literal('competition').meta({ description: 'Equal totals share the best rank: 1, 2, 2, 4.' }),
      rounding: rounding.optional().meta({
        description: 'Of “published”: how totals are rounded to be compared, if not as they are printed.',
      }),
      within: z
        .literal('group')
        .optional()
        .meta({ description: 'Ranked among the companies of a group only.' }),
      tolerance: exact.optional().meta({
        description:
          'Of totals that are floating point: they are compared by their nearest multiples of this; 0.000000001 if not said.',
      }),
    }),
  })
  .meta({ title: 'methodology.yaml' });

export type Methodology = z.infer<typeof methodologySchema>;
export type Scale = Methodology['scales'][number];
export type Measure = Methodology['measures'][number];
export type Rounding = Methodology['rounding'];
export type Band = NonNullable<Measure['bands']>[number];
export type Across = NonNullable<Measure['across']>;
export type Normalise = NonNullable<Measure['normalise']>;
export type Exception = NonNullable<Methodology['exceptions']>[number];
