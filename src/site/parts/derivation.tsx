import type { Measure } from '#edition/index';
import { type Amount, type Derivation, decimalOf, type Part, type Step } from '#scoring/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { answerName } from './facts.tsx';
import { Name, plainText, T } from './text.tsx';

/** Beside the one that is looked at, so many siblings are listed; of more, only how many they are. */
const MOST_SIBLINGS = 24;

/** From one measure up to the total: at each step all parts, how they combine, and what comes of it. */
export function DerivationPath({
  view,
  company,
  measure,
}: {
  view: View;
  company: string;
  measure: Measure;
}) {
  const { site, say } = view;
  const line = site.lineageOf(measure.id);
  const own = site.derivation(company, measure.id);
  return (
    <ol class="derivation">
      <li>{own ? <Made view={view} derivation={own} /> : say('derivation.none')}</li>
      {line.slice(1).map((above, index) => {
        const derivation = site.derivation(company, above.id);
        const from = line[index];
        return derivation ? (
          <li>
            <Made view={view} derivation={derivation} marked={from?.id} />
          </li>
        ) : null;
      })}
    </ol>
  );
}

function Made({
  view,
  derivation,
  marked,
}: {
  view: View;
  derivation: Derivation;
  marked?: string | undefined;
}) {
  const { say, texts } = view;
  const { by } = derivation;
  return (
    <>
      <strong>
        <T view={view} of={texts.measure(derivation.measure, 'name')} />
      </strong>
      : {amountText(view, derivation.exact)}
      {derivation.maximum === null
        ? null
        : ` ${say('derivation.of', { maximum: decimalOf(derivation.maximum) })}`}
      {derivation.grade === null ? null : ` (${derivation.grade})`}
      {derivation.exception ? (
        <p>
          {say(derivation.exception.given === undefined ? 'derivation.exception' : 'derivation.given', {
            reason: plainText(derivation.exception.reason),
          })}
        </p>
      ) : null}
      {by.kind === 'answered' ? (
        <>
          {' – '}
          {say('derivation.answered')}{' '}
          <T
            view={view}
            of={answerName(view, {
              answer: by.answer,
              scale: view.site.scale(view.site.measure(derivation.measure)?.scale),
            })}
          />
        </>
      ) : (
        <>
          {' – '}
          {say(`derivation.${by.rule}`, { over: by.over, count: by.parts.length })}
          <Parts view={view} parts={by.parts} over={by.over} marked={marked} />
          {by.steps
            .filter(({ kind }) => kind !== 'combine')
            .map((step) => (
              <p>{stepText(view, step)}</p>
            ))}
          {isRounded(derivation) ? (
            <p>
              {say('derivation.printed', {
                printed: derivation.published,
                rule: derivation.rounding.rule.replace('-', ''),
                digits: derivation.rounding.digits,
              })}
            </p>
          ) : null}
        </>
      )}
    </>
  );
}

function isRounded({ exact, published }: Derivation): boolean {
  return exact !== null && (typeof exact === 'string' ? exact !== published : true);
}

function Parts({
  view,
  parts,
  over,
  marked,
}: {
  view: View;
  parts: readonly Part[];
  over: 'measures' | 'services';
  marked: string | undefined;
}) {
  const { say, texts } = view;
  const shown =
    parts.length <= MOST_SIBLINGS ? parts : parts.filter((part) => part.derivation.measure === marked);
  return (
    <ul>
      {shown.map(({ derivation, weight, leftOut }) => (
        <li {...(derivation.measure === marked && over === 'measures' ? { class: 'here' } : {})}>
          {over === 'services' ? (
            <Name view={view} of={texts.service(derivation.unit, 'name')} />
          ) : (
            <a href={view.href(at.measure(derivation.measure))}>
              <T view={view} of={texts.measure(derivation.measure, 'name')} />
            </a>
          )}
          : {amountText(view, derivation.exact)}
          {weight === null ? null : ` × ${weight}`}
          {leftOut ? ` (${say(leftOut === 'missing' ? 'derivation.missing' : 'derivation.left-out')})` : null}
        </li>
      ))}
      {shown.length < parts.length ? (
        <li>{say('derivation.more', { count: parts.length - shown.length })}</li>
      ) : null}
    </ul>
  );
}

/** An exact value: as a decimal where it ends, else as the fraction with the decimal beside it. */
export function amountText(view: View, amount: Amount): string {
  if (amount === null) return view.say('state.not-applicable');
  const one = (value: string) =>
    value.includes('/') && decimalOf(value).endsWith('…')
      ? `${value} (${decimalOf(value)})`
      : decimalOf(value);
  return typeof amount === 'string'
    ? one(amount)
    : view.say('derivation.between', { low: one(amount[0]), high: one(amount[1]) });
}

function stepText(view: View, step: Step): string {
  const value = amountText(view, step.value);
  if (step.kind === 'rounded') return view.say('derivation.rounded', { value });
  if (step.kind === 'exception') return view.say('derivation.by-exception', { value });
  if (step.kind === 'share') return view.say('derivation.share', { outOf: step.outOf, value });
  if (step.kind === 'band')
    return view.say('derivation.band', {
      value,
      name: step.bands.map((band) => band.name).join(', ') || 'none',
    });
  return value;
}
