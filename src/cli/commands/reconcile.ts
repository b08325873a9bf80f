import { Command } from 'commander';
import { readEdition, reasonsOf, type TakenDecision, takeDecisions } from '#edition/folder';
import { type RatedItem, ratedItems } from '#edition/index';
import { Exit, openEdition, problemList } from '../open.ts';
import { complain, count, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly unit?: string;
  readonly measure?: string;
  readonly answer?: string;
  readonly by?: string;
  readonly why?: string;
  readonly note?: string;
  readonly agreed?: true;
  readonly json?: boolean;
}

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'list what raters of an edition have to decide; with an answer, record who decided and why, and write it',
    )
    .argument('<edition>', 'folder of the edition, with ratings/RATER.csv for each rater')
    .option('--unit <id>', 'what is decided')
    .option('--measure <id>', 'on which measure')
    .option('--answer <answer>', 'the answer that holds')
    .option('--by <name>', 'who decides')
    .option('--why <text>', 'why; it stands in ratings/decisions.csv')
    .option('--note <text>', 'the reasons of the answer; those of a rater who answered so, if not given')
    .option('--agreed', 'write all answers on which raters agree')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ assay reconcile my-index/2026
  $ assay reconcile my-index/2026 --unit ash --measure openness --answer 2 --by Ann --why "the report names both"
  $ assay reconcile my-index/2026 --agreed --by Ann`,
    )
    .action((folder: string, options: Options) => {
      const edition = openEdition(folder);
      const items = ratedItems(edition, readEdition(folder).ratings);
      if (items.length === 0)
        throw new Exit(
          2,
          `Nothing in “${folder}” was rated by two. Put a file for each rater into ratings/, such as ratings/ann.csv with unit,measure,answer,citations,note.`,
        );
      const decisions = decisionsIn(items, options);
      if (decisions.length > 0) {
        const errors = takeDecisions(folder, decisions);
        if (errors.length > 0) {
          complain(problemList(errors));
          throw new Exit(
            1,
            'With this the edition does not hold, as the messages above say; nothing was written.',
          );
        }
      }
      const left =
        decisions.length > 0 ? ratedItems(openEdition(folder), readEdition(folder).ratings) : items;
      if (options.json) writeJson({ written: decisions, items: left });
      else write(reconcileText(left, decisions.length));
    });
}

function decisionsIn(items: readonly RatedItem[], options: Options): TakenDecision[] {
  const { unit, measure, answer, by, why, note, agreed } = options;
  const date = new Date().toISOString().slice(0, 10);
  if (agreed) {
    if (by === undefined) throw new Exit(2, 'Say with --by who takes over what raters agree on.');
    return items
      .filter(({ state }) => state === 'agreed')
      .map((item) => {
        const own = item.ratings[0]?.answer ?? '';
        return {
          ...about(item),
          answer: own,
          date,
          by,
          why: 'raters agree',
          ...reasonsOf(item.ratings, own),
        };
      });
  }
  if ([unit, measure, answer].every((given) => given === undefined)) return [];
  if (
    unit === undefined ||
    measure === undefined ||
    answer === undefined ||
    by === undefined ||
    why === undefined
  )
    throw new Exit(2, 'A decision needs --unit, --measure, --answer, --by and --why.');
  const item = items.find((own) => own.unit === unit && own.measure === measure);
  if (!item) throw new Exit(2, `“${unit}” was not rated on “${measure}” by two.`);
  const reasons = { ...reasonsOf(item.ratings, answer), ...(note === undefined ? {} : { note }) };
  return [{ ...about(item), answer, date, by, why, ...reasons }];
}

const about = ({ unit, measure }: RatedItem) => ({ unit, measure });

function reconcileText(items: readonly RatedItem[], written: number): string {
  const raters = [...new Set(items.flatMap(({ ratings }) => ratings.map(({ rater }) => rater)))].toSorted();
  const rows = (state: RatedItem['state']) =>
    items
      .filter((item) => item.state === state)
      .map(({ unit, measure, ratings, now }) => [
        unit,
        measure,
        ...raters.map((rater) => ratings.find((own) => own.rater === rater)?.answer ?? ''),
        now,
      ]);
  const columns = [
    { title: 'Unit' },
    { title: 'Measure' },
    ...raters.map((title) => ({ title })),
    { title: 'Now' },
  ];
  const [disputed, agreed] = [rows('disputed'), rows('agreed')];
  return [
    '',
    ...(written > 0
      ? [wrap(`${count(written, 'answer')} written, and recorded in ratings/decisions.csv.`, '  '), '']
      : []),
    ...(disputed.length > 0
      ? [`  ${paint('bold', `${count(disputed.length, 'answer')} to decide`)}`, table(columns, disputed), '']
      : [wrap('Nothing is to decide.', '  '), '']),
    ...(agreed.length > 0
      ? [
          `  ${paint('bold', `${count(agreed.length, 'answer')} agreed, and not taken over`)} (--agreed writes them)`,
          table(columns, agreed),
          '',
        ]
      : []),
    wrap(
      `${count(items.length - disputed.length - agreed.length, 'answer')} settled, of ${items.length.toLocaleString('en')} that two or more have rated.`,
      '  ',
    ),
    '',
  ].join('\n');
}
