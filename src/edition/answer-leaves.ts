import { fraction } from '#arithmetic/index';
import { CODE, codeOf } from './answers.ts';
import { unpublishedParts } from './given.ts';
import type { Measure, Methodology, Scale } from './methodology-schema.ts';
import { askedOf, type Service, type UnitKind, unitOfLeaf } from './model.ts';

/** A leaf, ready for looking its answers up. */
export interface Leaf {
  readonly index: number;
  readonly measure: Measure;
  readonly unit: UnitKind;
  /** The code of every answer and state that it admits; of numbers, of those met so far. */
  readonly codes: Map<string, number>;
  /** The scale, if it is answered with numbers. */
  readonly number: Scale | undefined;
  /** The ids of the services that are asked, where not the companies are. */
  readonly asked: ReadonlySet<string>;
  /** Whether a unit is not asked, since a score is given in the place of its answers. */
  isWithheld(unit: string): boolean;
}

/** How a number is written as an answer. */
export const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
/** Codes are sixteen bits wide. */
export const MOST_NUMBERS = 65_000;

/** The code of an answer; a number that was not met before gets the next one. */
export function codeIn(leaf: Leaf, answer: string): number | undefined {
  const known = leaf.codes.get(answer);
  if (known !== undefined || !leaf.number || !NUMBER.test(answer) || leaf.codes.size >= MOST_NUMBERS)
    return known;
  if (isBeyond(answer, leaf.number)) return undefined;
  const numbers = [...leaf.codes.values()].filter((code) => code >= CODE.FIRST_ANSWER).length;
  const code = CODE.FIRST_ANSWER + numbers;
  leaf.codes.set(answer, code);
  return code;
}

/** Whether a leaf of an edition can be answered so: on its scale, or as a state that it admits. */
export function isAnswerOf({
  methodology,
  services,
}: {
  readonly methodology: Methodology;
  readonly services: readonly Service[];
}): (measure: string, answer: string) => boolean {
  const leaves = new Map(leavesOf(methodology, services).map((leaf) => [leaf.measure.id, leaf]));
  return (measure, answer) => {
    const leaf = leaves.get(measure);
    return leaf !== undefined && codeIn(leaf, answer) !== undefined;
  };
}

function isBeyond(answer: string, { min, max }: Scale): boolean {
  const value = fraction(answer);
  return (min !== undefined && value.compare(min) < 0) || (max !== undefined && value.compare(max) > 0);
}

/** Whether the unit is of those that are asked. */
export const isAskedOf = (leaf: Leaf, unit: string, isCompany: boolean): boolean =>
  leaf.unit === 'company' ? isCompany : leaf.asked.has(unit);

/** The leaves in the methodology’s order, recorded ones included. */
export function leavesOf(methodology: Methodology, services: readonly Service[]): Leaf[] {
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const scales = new Map(methodology.scales.map((scale) => [scale.id, scale]));
  const asked = askedOf(byId, services);
  const isUnpublished = unpublishedParts({ methodology, services });
  return methodology.measures
    .filter((measure) => measure.scale !== undefined)
    .map((measure, index) => {
      const scale = scales.get(measure.scale ?? '');
      const options = scale?.answers.map((answer) => answer.answer) ?? [];
      const codes = new Map<string, number>();
      options.forEach((answer, option) => {
        if (!measure.excludes?.includes(answer)) codes.set(answer, CODE.FIRST_ANSWER + option);
      });
      for (const state of ['not-applicable', 'no-evidence', 'not-assessed']) {
        if (state === 'no-evidence' && !measure.recorded && scale?.['no-evidence'] === undefined) continue;
        codes.set(state, codeOf(state, options) ?? CODE.NONE);
      }
      const unit = unitOfLeaf(byId, measure);
      return {
        index,
        measure,
        unit,
        codes,
        number: scale?.kind === 'number' ? scale : undefined,
        asked: new Set(unit === 'service' ? asked(measure).map((service) => service.id) : []),
        isWithheld: (id) => !measure.recorded && isUnpublished(id, measure.id),
      };
    });
}
