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
    text('combine', 'How it combines its children; null if it is answered.'),
    text('weight', 'Its weight in the mean of its parent, as a decimal or fraction; null without.'),
    text('out_of', 'The score is the share of the attainable maximum times this; null without.'),
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
      measure.scale === undefined
        ? null
        : (measure.unit ?? (scores.plan.nodeOf(measure.id, 'service') ? 'service' : 'company')),
      measure.combine ?? null,
      measure.weight ?? null,
      measure['out-of'] ?? null,
    ]),
};
