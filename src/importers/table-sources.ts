import { type Source, WEB_ADDRESS } from '#edition/index';
import { idMaker } from './ids.ts';
import type { Remarks } from './imported.ts';
import type { Mapping } from './table-mapping.ts';

/** What a spreadsheet makes of a number such as 1-2 or 3/4. */
export const DATE_LIKE =
  /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: \d{2}:\d{2}(?::\d{2})?)?|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2})$/;

/** Of a source that is linked in many cells, so many are named. */
const MOST_PLACES = 20;

interface KeptSource {
  readonly source: Source;
  readonly places: string[];
}

/** Keeps each source once; where a cell names none, the tables themselves are cited, with the place in them. */
export function sourceKeeper({ edition, own }: Mapping, remarks: Remarks) {
  const { title, publisher } = edition;
  const makeId = idMaker();
  const release = makeId('release');
  const first: Source = {
    id: release,
    type: 'dataset',
    title: `${title}: ${own ? 'tables' : 'published tables'}`,
    ...(publisher ? { publisher } : {}),
    custom: { kind: 'report' },
  };
  let isReleaseCited = !own; // it is the origin of what somebody else published
  const citeTables = (): string => {
    isReleaseCited = true;
    return release;
  };
  const known = new Map<string, KeptSource>();
  const keep = (text: string): KeptSource => {
    const isAddress = WEB_ADDRESS.test(text);
    const id = makeId(
      isAddress ? text.replace(/^https?:\/\/(?:www\.)?/, '').slice(0, 40) : text.slice(0, 40),
    );
    const source: Source = {
      id,
      type: isAddress ? 'webpage' : 'document',
      title: text.slice(0, 300),
      ...(isAddress ? { URL: text } : {}),
      custom: { kind: isAddress ? 'website' : 'documentation' },
    };
    const kept = { source, places: [] };
    known.set(text, kept);
    return kept;
  };
  const citationOf = (text: string, place: string | undefined): string => {
    const { address, part } = partsOf(text);
    const { source, places } = known.get(address) ?? keep(address);
    if (place !== undefined && places.length <= MOST_PLACES) places.push(place);
    return part === '' ? source.id : `${source.id}, ${part}`;
  };
  return {
    release,
    /** The citation of all the tables, for what none of them has. */
    citeTables,
    all: (): readonly Source[] => [
      ...(isReleaseCited ? [first] : []),
      ...[...known.values()].map(withPlaces),
    ],
    /** The citation of texts with addresses or names of sources, separated by semicolons or line breaks, and of links of cells. */
    cite: (
      texts: readonly string[],
      links: readonly { readonly link: string; readonly place: string }[],
      place: string,
    ): string => {
      const named = texts.flatMap(partsOfCell);
      for (const text of named)
        if (DATE_LIKE.test(text))
          remarks.add(
            'date-as-reference',
            `${place}: a source is called “${text}”, which looks like a date that a spreadsheet made of a reference.`,
          );
      const cited = [
        ...named.map((text) => citationOf(text, undefined)),
        ...links.map(({ link, place: at }) => citationOf(link.trim(), at)),
      ];
      if (cited.length > 0) return [...new Set(cited)].join('; ');
      return `${citeTables()}, ${place.replace(/[;,\s]+/g, ' ')}`;
    },
  };
}

const partsOfCell = (cell: string) =>
  cell
    .split(/[\n;]|\s(?=https?:\/\/)/)
    .map((text) => text.trim())
    .filter(Boolean);

/** Addresses that differ only behind # are parts of one page; unless it is behind #! or #/, where the page is told by it. */
function partsOf(text: string): { readonly address: string; readonly part: string } {
  const hash = text.indexOf('#');
  const part = text.slice(hash);
  if (hash < 0 || part.length < 2 || /^#[!/]/.test(part) || /[;,]/.test(part) || !WEB_ADDRESS.test(text))
    return { address: text, part: '' };
  return { address: text.slice(0, hash), part };
}

function withPlaces({ source, places }: KeptSource): Source {
  if (places.length === 0 || source.custom === undefined) return source;
  const more = places.length > MOST_PLACES ? ['and more'] : [];
  return { ...source, custom: { ...source.custom, footnotes: [...places.slice(0, MOST_PLACES), ...more] } };
}
