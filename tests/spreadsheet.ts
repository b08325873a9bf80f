/**
 * A spreadsheet that computes, as far as workbooks of editions ask: cells, ranges, arithmetic, comparison, and a few functions. Text in a range is
 * passed over by functions that add up, and is an error in arithmetic, as in Excel.
 */
type Cell = number | string | boolean;
type Value = Cell | readonly Cell[];
export interface SheetOfCells {
  readonly sheet: string;
  readonly data: readonly (readonly ({ readonly value: string | number; readonly type: unknown } | null)[])[];
}

export class FormulaError extends Error {}

export class Spreadsheet {
  readonly #sheets: ReadonlyMap<string, SheetOfCells['data']>;
  readonly #known = new Map<string, Cell>();

  constructor(sheets: readonly SheetOfCells[]) {
    this.#sheets = new Map(sheets.map(({ sheet, data }) => [sheet, data]));
  }

  /** The value of a cell; empty is an empty text. Rows and columns count from 0. */
  at(sheet: string, row: number, column: number): Cell {
    const key = `${sheet} ${row} ${column}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const cell = this.#sheets.get(sheet)?.[row]?.[column];
    const value = !cell
      ? ''
      : cell.type === 'Formula'
        ? this.#compute(String(cell.value), sheet)
        : cell.value;
    this.#known.set(key, value);
    return value;
  }

  #compute(formula: string, sheet: string): Cell {
    const value = new Reader(formula, sheet, this).whole();
    if (Array.isArray(value)) throw new FormulaError(`a range is no value: ${formula}`);
    return value as Cell;
  }
}

const TOKEN =
  /\s*(?:(?<text>"(?:[^"]|"")*")|(?<range>(?:(?:'[^']+'|[A-Za-z]\w*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(]))|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][\w.]*)|(?<sign><=|>=|<>|[-+*/(),<>=&{}]))/y;

class Reader {
  readonly #tokens: { readonly kind: string; readonly text: string }[] = [];
  readonly #sheet: string;
  readonly #book: Spreadsheet;
  #at = 0;

  constructor(formula: string, sheet: string, book: Spreadsheet) {
    this.#sheet = sheet;
    this.#book = book;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < formula.length) {
      const from = TOKEN.lastIndex;
      const match = TOKEN.exec(formula);
      if (!match?.groups) throw new FormulaError(`cannot read ${formula.slice(from)}`);
      const [kind = '', text = ''] = Object.entries(match.groups).find(([, own]) => own !== undefined) ?? [];
      this.#tokens.push({ kind, text });
    }
  }

  whole(): Value {
    const value = this.#comparison();
    if (this.#at < this.#tokens.length) throw new FormulaError(`more than a formula: ${this.#peek()}`);
    return value;
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? '';
  }

  #take(text: string): boolean {
    if (this.#peek() !== text) return false;
    this.#at++;
    return true;
  }

  #comparison(): Value {
    const left = this.#joined();
    for (const sign of ['<=', '>=', '<>', '<', '>', '=']) {
      if (!this.#take(sign)) continue;
      const right = this.#joined();
      return compared(one(left), sign, one(right));
    }
    return left;
  }

  #joined(): Value {
    let left = this.#sum();
    while (this.#take('&')) left = String(one(left)) + String(one(this.#sum()));
    return left;
  }

  #sum(): Value {
    let left = this.#product();
    for (;;) {
      if (this.#take('+')) left = number(left) + number(this.#product());
      else if (this.#take('-')) left = number(left) - number(this.#product());
      else return left;
    }
  }

  #product(): Value {
    let left = this.#signed();
    for (;;) {
      if (this.#take('*')) left = number(left) * number(this.#signed());
      else if (this.#take('/')) left = number(left) / number(this.#signed());
      else return left;
    }
  }

  #signed(): Value {
    return this.#take('-') ? -number(this.#signed()) : this.#single();
  }

  #single(): Value {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case 'number':
        return Number(token.text);
      case 'text':
        return token.text.slice(1, -1).replaceAll('""', '"');
      case 'range':
        return this.#range(token.text);
      case 'name':
        if (token.text === 'TRUE') return true;
        return this.#call(token.text);
      default: {
        if (token?.text === '{') return this.#list('}').map((value) => one(value));
        if (token?.text !== '(') throw new FormulaError(`unexpected ${token?.text}`);
        const value = this.#comparison();
        if (!this.#take(')')) throw new FormulaError('a bracket is open');
        return value;
      }
    }
  }

  #list(end: string): Value[] {
    const values: Value[] = [];
    while (!this.#take(end)) {
      values.push(this.#comparison());
      if (this.#take(',')) continue;
      if (this.#peek() !== end) throw new FormulaError(`expected ${end}, not ${this.#peek()}`);
    }
    return values;
  }

  /** IF looks only at the branch that counts: the other may have no value. */
  #call(name: string): Value {
    if (!this.#take('(')) throw new FormulaError(`${name} is no function`);
    if (name !== 'IF') return FUNCTIONS[name]?.(this.#list(')')) ?? unknown(name);
    const isTrue = Boolean(one(this.#comparison()));
    this.#take(',');
    const then = this.#maybe();
    this.#take(',');
    const otherwise = this.#maybe();
    if (!this.#take(')')) throw new FormulaError('IF has three parts');
    return isTrue ? then() : otherwise();
  }

  #maybe(): () => Value {
    const start = this.#at;
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const text = this.#peek();
      if (depth === 0 && (text === ',' || text === ')')) break;
      if (text === '(' || text === '{') depth++;
      if (text === ')' || text === '}') depth--;
    }
    return () => {
      const back = this.#at;
      this.#at = start;
      const value = this.#comparison();
      this.#at = back;
      return value;
    };
  }

  #range(text: string): Value {
    const [name, cells = ''] = text.includes('!') ? text.split('!') : [`'${this.#sheet}'`, text];
    const sheet = (name ?? '').replace(/^'|'$/g, '');
    const [from, to] = cells.replaceAll('$', '').split(':').map(placeOf);
    if (!from) throw new FormulaError(`no cell ${text}`);
    if (!to) return this.#book.at(sheet, from.row, from.column);
    const values: Cell[] = [];
    for (let row = from.row; row <= to.row; row++)
      for (let column = from.column; column <= to.column; column++)
        values.push(this.#book.at(sheet, row, column));
    return values;
  }
}

function unknown(name: string): never {
  throw new FormulaError(`no function ${name}`);
}

function placeOf(cell: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
  return {
    row: Number(digits) - 1,
    column: [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1,
  };
}

const list = (value: Value | undefined): readonly Cell[] => (Array.isArray(value) ? value : [value as Cell]);
function one(value: Value | undefined): Cell {
  if (Array.isArray(value) || value === undefined) throw new FormulaError('a range is no value');
  return value as Cell;
}
function number(value: Value | undefined): number {
  const cell = one(value);
  if (typeof cell !== 'number' || !Number.isFinite(cell)) throw new FormulaError(`“${cell}” is no number`);
  return cell;
}
const numbers = (value: Value | undefined): number[] =>
  list(value).filter((cell): cell is number => typeof cell === 'number');

function compared(left: Cell, sign: string, right: Cell): boolean {
  const [a, b] = [left as number, right as number];
  switch (sign) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '=':
      return a === b;
    default:
      return a !== b;
  }
}

/** A criterion such as ">3", or a value to be equal to. Numbers are held against numbers alone. */
function meets(cell: Cell, criterion: Cell): boolean {
  const [, sign = '=', text = ''] = /^(<=|>=|<>|<|>|=)?(.*)$/s.exec(String(criterion)) ?? [];
  const limit = text === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (typeof limit === 'number' && typeof cell !== 'number') return sign === '<>';
  return compared(typeof limit === 'number' ? cell : String(cell), sign, limit);
}

function matching(range: Value | undefined, conditions: readonly Value[]): number[] {
  return list(range).flatMap((cell, place) => {
    for (let index = 0; index + 1 < conditions.length; index += 2)
      if (!meets(list(conditions[index])[place] ?? '', one(conditions[index + 1]))) return [];
    return typeof cell === 'number' ? [cell] : [];
  });
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]) => {
  if (values.length === 0) throw new FormulaError('a mean of nothing');
  return sum(values) / values.length;
};
const rounded = (value: number, digits: number) => {
  const scaled = Math.abs(value) * 10 ** digits;
  return (Math.sign(value) * Math.floor(scaled * (1 + 2 ** -52) + 0.5)) / 10 ** digits || 0;
};

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  SUM: ([range]) => sum(numbers(range)),
  AVERAGE: ([range]) => mean(numbers(range)),
  COUNT: ([range]) => numbers(range).length,
  MIN: ([range]) => Math.min(...numbers(range)),
  MAX: ([range]) => Math.max(...numbers(range)),
  SUMPRODUCT: ([a, b]) => {
    const [left, right] = [list(a), list(b)];
    const product = (x: Cell, y: Cell | undefined) =>
      typeof x === 'number' && typeof y === 'number' ? x * y : 0;
    return sum(left.map((cell, index) => product(cell, right[index])));
  },
  SUMIF: ([range, criterion, added]) => {
    const to = list(added ?? range);
    return sum(
      list(range).flatMap((cell, index) => {
        const own = to[index];
        return meets(cell, one(criterion)) && typeof own === 'number' ? [own] : [];
      }),
    );
  },
  COUNTIF: ([range, criterion]) => list(range).filter((cell) => meets(cell, one(criterion))).length,
  COUNTIFS: (conditions) =>
    list(conditions[0]).filter((_, place) =>
      conditions.every(
        (own, index) => index % 2 === 1 || meets(list(own)[place] ?? '', one(conditions[index + 1])),
      ),
    ).length,
  AVERAGEIFS: ([range, ...conditions]) => mean(matching(range, conditions)),
  SUMIFS: ([range, ...conditions]) => sum(matching(range, conditions)),
  '_xlfn.MINIFS': ([range, ...conditions]) => Math.min(...matching(range, conditions)),
  '_xlfn.MAXIFS': ([range, ...conditions]) => Math.max(...matching(range, conditions)),
  ISNUMBER: ([value]) => typeof one(value) === 'number',
  ROUND: ([value, digits]) => rounded(number(value), number(digits)),
  INT: ([value]) => Math.floor(number(value)),
  ABS: ([value]) => Math.abs(number(value)),
  MOD: ([a, b]) => number(a) - number(b) * Math.floor(number(a) / number(b)),
  LOOKUP: ([value, from, to]) => {
    const place = list(from).findLastIndex((own) => Number(own) <= number(value));
    const found = list(to)[place];
    if (found === undefined) throw new FormulaError('nothing to look up');
    return found;
  },
};
