/**
 * The rules of a robots.txt (RFC 9309). Written here and not taken from a library since the text is a stranger’s: each rule costs about the length of the
 * address, whatever stars it is made of, and one that is longer than the address costs nothing.
 */
export interface RobotsRules {
  /** Whether the owner lets this program fetch a path with its query. */
  allows(path: string): boolean;
}

interface Rule {
  readonly allow: boolean;
  /** Of the pattern as written: the longest that fits counts. */
  readonly length: number;
  /** What stands between the stars. */
  readonly pieces: readonly string[];
  readonly letters: number;
  /** It ends in “$”: the address ends there, too. */
  readonly whole: boolean;
}

interface Group {
  readonly programs: string[];
  readonly rules: Rule[];
}

/** Reads the groups that are for this program by its name (“*” if there are none). */
export function parseRobots(text: string, program: string): RobotsRules {
  const groups = groupsOf(text);
  const own = groups.filter(({ programs }) => programs.includes(program.toLowerCase()));
  const counting = own.length > 0 ? own : groups.filter(({ programs }) => programs.includes('*'));
  const rules = counting.flatMap((group) => group.rules);
  return { allows: (path) => path === '/robots.txt' || decide(rules, normal(path)) };
}

/** Lines that name programs begin a group, up to the first rule; what is neither has no effect. */
function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let group: Group = { programs: [], rules: [] };
  let begun = true;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const [key, value] = keyAndValue(line);
    if (key === 'user-agent') {
      if (begun) {
        group = { programs: [], rules: [] };
        groups.push(group);
        begun = false;
      }
      group.programs.push(value.startsWith('*') ? '*' : (/^[a-z_-]*/i.exec(value)?.[0].toLowerCase() ?? ''));
    } else if (key === 'allow' || key === 'disallow') {
      begun = true;
      if (value !== '') group.rules.push(parseRule(key === 'allow', value));
    }
  }
  return groups;
}

function keyAndValue(line: string): [key: string, value: string] {
  const comment = line.indexOf('#');
  const said = comment === -1 ? line : line.slice(0, comment);
  const colon = said.indexOf(':');
  return colon === -1 ? ['', ''] : [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
}

function parseRule(allow: boolean, pattern: string): Rule {
  const written = normal(pattern);
  const whole = written.endsWith('$');
  const pieces = (whole ? written.slice(0, -1) : written).split(/\*+/);
  const letters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { allow, length: written.length, pieces, letters, whole };
}

/** The longest rule that fits decides; of two as long, the one that allows. */
function decide(rules: readonly Rule[], path: string): boolean {
  let best: Rule | undefined;
  for (const rule of rules)
    if (
      (!best || rule.length > best.length || (rule.length === best.length && rule.allow)) &&
      rule.letters <= path.length &&
      fits(rule, path)
    )
      best = rule;
  return best?.allow ?? true;
}

/** Piece after piece, each at its first place: with nothing but stars between them, no later place can do better. */
function fits({ pieces, whole }: Rule, path: string): boolean {
  const [first = '', ...others] = pieces;
  if (!path.startsWith(first)) return false;
  const last = whole ? others.pop() : undefined;
  let place = first.length;
  for (const piece of others) {
    const found = path.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  if (!whole) return true;
  return last === undefined
    ? place === path.length
    : path.length - last.length >= place && path.endsWith(last);
}

const UNRESERVED = /[A-Za-z0-9._~-]/;

/** One spelling for each address: bytes beyond ASCII encoded, what needs no encoding not (RFC 9309, section 2.2.2). */
const normal = (text: string) =>
  text.toWellFormed().replace(/%[0-9a-f]{2}|[^\x21-\x7e]/gi, (own) => {
    if (own.length !== 3 || own[0] !== '%') return encodeURIComponent(own);
    const character = String.fromCharCode(Number.parseInt(own.slice(1), 16));
    return UNRESERVED.test(character) ? character : own.toUpperCase();
  });
