import type { Methodology, Service } from '#edition/index';
import { checkExceptionUnits } from '../../src/edition/check-exception-units.ts';
import { checkMethodology } from '../../src/edition/check-methodology.ts';
import { methodologySchema } from '../../src/edition/methodology-schema.ts';
import type { Path, Structured } from '../../src/edition/structured-file.ts';

const PLACE = { file: 'methodology.yaml', line: 1, column: 1 };
const ROUNDS = 40;

/** What the checks pass: what they complain of is taken out, key by key; undefined if that does not come to an end. */
export function repaired(
  draft: Methodology,
  services: readonly Service[],
  companies: readonly string[],
): Methodology | undefined {
  let methodology = structuredClone(draft);
  for (let round = 0; round < ROUNDS; round++) {
    const complaint = complaintsOf(methodology, services, companies)[0];
    if (!complaint) return methodologySchema.parse(methodology);
    methodology = without(methodology, complaint.path);
  }
  return undefined;
}

interface Complaint {
  readonly path: Path;
  readonly message: string;
}

export function complaintsOf(
  methodology: Methodology,
  services: readonly Service[],
  companies: readonly string[],
): Complaint[] {
  const found: Complaint[] = [];
  const paths = new Map<object, Path>();
  const file: Structured<Methodology> = {
    value: methodology,
    at: (path) => {
      const place = { ...PLACE };
      paths.set(place, path);
      return place;
    },
  };
  const report = (_rule: string, place: object, message: string) => {
    found.push({ path: paths.get(place) ?? [], message });
  };
  checkMethodology(file, report);
  checkExceptionUnits(file, new Set(companies), new Map(services.map((own) => [own.id, own])), report);
  return found;
}

/** Takes out the key that a complaint is about, or gives it a value that can always be. */
function without(methodology: Methodology, path: Path): Methodology {
  const [list, index, key] = path;
  if (list === 'exceptions') {
    const exceptions = (methodology.exceptions ?? []).filter((_, own) => own !== index);
    const { exceptions: _, ...rest } = methodology;
    return exceptions.length > 0 ? { ...rest, exceptions } : rest;
  }
  if (list === 'ranking') return { ...methodology, ranking: { ...methodology.ranking, measure: 'm' } };
  const measure = methodology.measures[Number(index)];
  if (list !== 'measures' || !measure) throw new Error(`no repair at ${path.join(' ')}`);
  const own = measure as Record<string, unknown>;
  if (key === 'combine') own.combine = 'mean';
  else if (key === 'scale' && measure.scale) own.scale = measure.scale === 'level' ? 'odd' : 'level';
  else if (key === 'weight' && measure.weight === undefined) own.weight = '1';
  else if (key === 'weight' && measure.weight?.startsWith('-')) own.weight = '1';
  else if (key !== undefined && own[String(key)] !== undefined) Reflect.deleteProperty(own, String(key));
  else
    return {
      ...methodology,
      measures: methodology.measures.filter((other) => !isBelow(methodology, other.id, measure.id)),
    };
  if (key === 'scale') {
    Reflect.deleteProperty(own, 'normalise');
    Reflect.deleteProperty(own, 'points');
    Reflect.deleteProperty(own, 'excludes');
  }
  return methodology;
}

function isBelow({ measures }: Methodology, id: string, above: string): boolean {
  if (id === above) return true;
  const parent = measures.find((measure) => measure.id === id)?.parent;
  return parent !== undefined && isBelow({ measures } as Methodology, parent, above);
}
