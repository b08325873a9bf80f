import { CODE, codeAt, type Edition } from '#edition/index';
import type { LeafNode, Scored } from '#scoring/index';
import type { Ladder } from './draws.ts';

/** For each scored leaf with listed answers, the different points it can give and where each unit stands. Numbers have no next level. */
export function laddersOf({ edition, scores }: Scored): Ladder[] {
  return scores.plan.nodes
    .filter((node) => node.kind === 'leaf')
    .filter((leaf) => leaf.scale.kind !== 'number')
    .map((leaf) => ladderOf(leaf, edition));
}

function ladderOf(leaf: LeafNode, { answers, companies, services }: Edition): Ladder {
  const { low, denominator, rows } = leaf.points;
  const values = rows.flatMap((row, code) =>
    row && code >= CODE.FIRST_ANSWER ? [(low[code] ?? 0) / denominator] : [],
  );
  const points = Float64Array.from(new Set(values)).sort();
  const offset = leaf.unit === 'company' ? 0 : companies.length;
  const units = leaf.unit === 'company' ? companies.length : services.length;
  const at = Int32Array.from({ length: units }, (_, unit) => {
    const code = codeAt(answers, offset + unit, leaf.leaf);
    if (code === CODE.NOT_ASSESSED) return -2;
    const row = rows[code];
    if (!row) return -1;
    return points.indexOf((low[code] ?? 0) / denominator);
  });
  const placesWhere = (holds: (place: number) => boolean) =>
    Int32Array.from([...at.keys()].filter((unit) => holds(at[unit] ?? -1)));
  return {
    node: leaf.index,
    points,
    at,
    answered: placesWhere((place) => place >= 0),
    open: placesWhere((place) => place === -2),
  };
}
