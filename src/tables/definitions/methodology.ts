import type { Measure } from '#edition/index';
import type { Scores } from '#scoring/index';
import { integer, type TableDefinition, text } from '../table.ts';

/** What is asked, and what answers give. */

export const scales: TableDefinition = {
  name: 'scales',
  about: 'The answers that each scale admits.',
  key: ['scale', 'answer'],
  columns: [
    text('scale', 'Id of the scale.'),
    text('answer', 'The answer as it stands in answers.'),
    integer('position', 'Its place on the scale, from 1.'),
    text('points', 'What it gives, as a decimal or fraction; null on scales that are only recorded.'),
    text('name', 'Name of the answer.'),
    text('meaning', 'What it means.'),
  ],
  rows: ({ edition }) =>
    edition.methodology.scales.flatMap((scale) =>
      scale.answers.map(({ answer, points, name, meaning }, index) => [
        scale.id,
        answer,
        index + 1,
        points ?? null,
        name,
        meaning ?? '',
      ]),
    ),
};

export const meanings: TableDefinition = {
  name: 'meanings',
  about: 'What an answer takes on one measure, where the methodology says it for that measure.',
  key: ['measure', 'answer'],
  columns: [
    text('measure', 'The measure.', 'measures.id'),
    text('answer', 'The answer as it stands in answers.'),
    text('meaning', 'What it takes.'),
  ],
  rows: ({ edition }) =>
    edition.methodology.measures.flatMap((measure) =>
      Object.entries(measure.meanings ?? {}).map(([answer, meaning]) => [measure.id, answer, meaning]),
    ),
};

export const measures: TableDefinition = {
  name: 'measures',
  about: 'The measures of the methodology, in its order.',
  key: ['id'],
  columns: [
    text('id', 'Id of the measure.'),
    text('parent', 'The measure above it; null for the topmost.', 'measures.id'),
    integer('position', 'Its place in the methodology, from 1.'),
    text('name', 'Name.'),
    text('question', 'What is asked; empty if nothing is.'),
    text('guidance', 'How to answer it, in Markdown.'),
    text('scale', 'The scale it is answered on; null if it combines others.'),
    integer('recorded', '1 if it is answered but never scored.'),
    text('unit', 'Who it is answered for: company or service; null if it combines others.'),
    text('level', 'What sort of measure it is; null if not said.'),
    text('combine', 'How it combines its children; null if it is answered.'),
    text('of_level', 'The level that it combines instead of its children; null without.'),
    text('weight', 'Its weight where it is combined by weight, as a decimal or fraction; null without.'),
    text('out_of', 'The score is the share of the attainable maximum times this; null without.'),
    text('direction', 'Of a number that is normalised, which is better: higher or lower; else null.'),
    text('normalise', 'How numbers become points: min-max, goalposts or z-score; else null.'),
  ],
  rows: ({ edition, scores }) =>
    edition.methodology.measures.map((measure, index) => [
      measure.id,
      measure.parent ?? null,
      index + 1,
      measure.name,
      measure.question ?? '',
      measure.guidance ?? '',
      measure.scale ?? null,
      measure.recorded ? 1 : 0,
      askedUnit(measure, scores),
      measure.level ?? null,
      measure.combine ?? null,
      measure.of ?? null,
      measure.weight ?? null,
      measure['out-of'] ?? null,
      measure.normalise ? (measure.direction ?? 'higher') : null,
      measure.normalise?.method ?? null,
    ]),
};

function askedUnit(measure: Measure, { plan }: Scores): string | null {
  if (measure.scale === undefined) return null;
  return measure.unit ?? (plan.nodeOf(measure.id, 'service') ? 'service' : 'company');
}
