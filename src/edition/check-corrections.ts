import { AnswerTable } from './answer-table.ts';
import { isDay } from './dates.ts';
import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import type { Report } from './place.ts';

/** Corrections are known by ids, stand in the order of their dates, and concern units and measures that there are. */
export function checkCorrections(draft: Draft, report: Report): void {
  const { corrections, companies, services, methodology } = draft;
  if (!corrections) return;
  const units = new Set([...(companies?.records ?? []), ...(services?.records ?? [])].map((unit) => unit.id));
  const measures = new Set(methodology?.value.measures.map((measure) => measure.id));
  const suggest = { unit: suggester(units), measure: suggester(measures) };
  const table = draft.answers && new AnswerTable(draft.answers.answers);
  const noteOf = (unit: string, measure: string): string | undefined => {
    const row = table?.has(unit, measure) ? table.rowOf(unit, measure) : undefined;
    return row === undefined ? undefined : draft.answers?.answers.rows.note[row];
  };
  const seen = new Set<string>();
  corrections.value.forEach((correction, index) => {
    const at = (...path: (string | number)[]) => corrections.at([index, ...path]);
    if (seen.has(correction.id))
      report(
        'duplicate-id',
        at('id'),
        `There is already a correction “${correction.id}”. Give this one another id.`,
      );
    seen.add(correction.id);
    if (!isDay(correction.date))
      report('value', at('date'), `There is no day ${correction.date}. Mend the date.`);
    const before = corrections.value[index - 1];
    if (before && before.date > correction.date)
      report(
        'value',
        at('date'),
        `The correction above is of ${before.date}, later than this one. The oldest stands first.`,
      );
    correction.concerns?.forEach(({ unit, measure, was, is, reasons }, place) => {
      const here = (key: string) => at('concerns', place, key);
      if (companies && !units.has(unit))
        report('unknown-id', here('unit'), `There is no unit “${unit}”.${suggest.unit(unit)}`);
      if (methodology && !measures.has(measure))
        report('unknown-id', here('measure'), `There is no measure “${measure}”.${suggest.measure(measure)}`);
      if ((was === undefined) !== (is === undefined))
        report('value', at('concerns', place), 'Say both “was” and “is”, or neither.');
      if (was !== is && reasons !== undefined && reasons.trim() === noteOf(unit, measure))
        report(
          'reasons-unchanged',
          here('reasons'),
          `The answer of “${unit}” on “${measure}” was corrected from ${was} to ${is}, and its note is as it was. Say in the note why it is so now.`,
        );
    });
  });
}
