import type { DocumentText } from '../document-text.ts';
import { makeTextWriter } from '../text-writer.ts';
import { type RtfToken, rtfTokens } from './rtf-tokens.ts';

/** Groups whose words are no text of the document. Those that begin with \* and are not known are left out as well, as the format asks. */
const LEFT_OUT = new Set(
  'fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator pict object themedata colorschememapping datastore latentstyles xmlnstbl filetbl fldinst bkmkstart bkmkend nonshppict private operator company category keywords comment doccomm hlinkbase userprops mmathPr pgptbl template manager buptim printim annotation atnid atnauthor tc xe'.split(
    ' ',
  ),
);
const KNOWN = new Set(['shptxt', 'shpinst', 'shp', 'fldrslt', 'footnote']);
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
  '~': '\u00a0',
  _: '\u2011',
  '-': '\u00ad',
  '{': '{',
  '}': '}',
  '\\': '\\',
};
/** Character sets of fonts (\fcharset) that the Encoding Standard knows. */
const FONT_SETS: Readonly<Record<number, string>> = {
  0: 'windows-1252',
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};
const CODE_PAGES: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  874: 'windows-874',
  866: 'ibm866',
  10000: 'macintosh',
  65001: 'utf-8',
};

type Place = 'shown' | 'hidden' | 'notes' | 'info' | 'fonts' | 'out';

interface State {
  readonly place: Place;
  readonly inInfo: boolean;
  readonly info: string;
  readonly away: boolean;
  readonly font: number;
  /** How many characters stand after each \u for programs that do not know it. */
  readonly skip: number;
}

/**
 * The text of an RTF document, read once from left to right. Hidden, struck-out and deleted words are given apart, footnotes at the end.
 * @throws Error if it is none
 */
export function rtfText(bytes: Uint8Array): Partial<DocumentText> {
  const writers = { shown: makeTextWriter(), hidden: makeTextWriter(), notes: makeTextWriter() };
  const info = new Map<string, string>();
  const fonts = new Map<number, string>();
  const time = new Map<string, string>();
  let ansi = 'windows-1252';
  let state: State = { place: 'shown', inInfo: false, info: '', away: false, font: -1, skip: 1 };
  const stack: State[] = [];
  let starred = false;
  let skipping = 0;
  let font = 0;
  let pending: number[] = [];
  let pendingSet = '';
  const put = (text: string) => {
    const { place, away } = state;
    if (place === 'info') info.set(state.info, (info.get(state.info) ?? '') + text);
    else if (place === 'shown' || place === 'notes' || place === 'hidden')
      writers[away && place === 'shown' ? 'hidden' : place].text(text);
  };
  const flush = () => {
    if (pending.length === 0) return;
    const text = decoderOf(pendingSet).decode(Uint8Array.from(pending));
    pending = [];
    put(text);
  };
  const byte = (value: number) => {
    if (skipping > 0) {
      skipping--;
      return;
    }
    if (state.place === 'out' || state.place === 'fonts') return;
    pendingSet = fonts.get(state.font) ?? ansi;
    pending.push(value);
  };
  const character = (text: string) => {
    if (skipping > 0) {
      skipping--;
      return;
    }
    flush();
    put(text);
  };
  const destination = (word: string): boolean => {
    if (word === 'fonttbl') state = { ...state, place: 'fonts' };
    else if (LEFT_OUT.has(word)) state = { ...state, place: 'out' };
    else if (state.place === 'out') return false;
    else if (word === 'info') state = { ...state, place: 'out', inInfo: true };
    else if (word === 'footnote') {
      put('[*]');
      writers.notes.breakLine(1);
      state = { ...state, place: 'notes' };
    } else if (starred && !KNOWN.has(word)) state = { ...state, place: 'out' };
    else return false;
    return true;
  };
  const inInfo = (word: string, number: number | undefined): boolean => {
    if (!state.inInfo) return false;
    if (['title', 'subject', 'author'].includes(word)) state = { ...state, place: 'info', info: word };
    else if (word === 'creatim' || word === 'revtim') state = { ...state, info: word };
    else if (/^(?:yr|mo|dy)$/.test(word) && number !== undefined)
      time.set(`${state.info} ${word}`, String(number));
    return true;
  };
  const defineFont = (word: string, number: number) => {
    const set = word === 'fcharset' && number !== 0 ? FONT_SETS[number] : undefined;
    if (word === 'f') font = number;
    else if (set !== undefined) fonts.set(font, set);
  };
  const look = (word: string, number: number | undefined): void => {
    const on = number !== 0;
    if (/^(?:v|strike|striked|deleted)$/.test(word)) state = { ...state, away: on };
    else if (word === 'plain') state = { ...state, away: false };
    else if (state.place === 'fonts') defineFont(word, number ?? 0);
    else if (word === 'f') state = { ...state, font: number ?? 0 };
    else if (word === 'uc') state = { ...state, skip: Math.max(0, number ?? 1) };
    else if (word === 'ansicpg') ansi = setOf(number ?? 1252);
    else if (word === 'mac') ansi = 'macintosh';
  };
  const breaks = (word: string): boolean => {
    if (state.place !== 'shown' && state.place !== 'notes') return false;
    const writer = writers[state.away && state.place === 'shown' ? 'hidden' : state.place];
    if (word === 'par' || word === 'sect' || word === 'page') writers[state.place].breakLine(2);
    else if (word === 'line') writer.line();
    else if (word === 'cell' || word === 'nestcell') writer.text('\t');
    else if (word === 'row' || word === 'nestrow') writer.breakLine(1);
    else return false;
    return true;
  };
  const handle = (token: RtfToken) => {
    if (token.kind === 'byte') return byte(token.value);
    if (token.kind === 'character') return character(String.fromCharCode(token.value));
    if (token.kind === 'unicode') {
      flush();
      skipping = 0;
      put(String.fromCharCode(token.value & 0xffff));
      skipping = state.skip;
      return;
    }
    if (token.kind !== 'word') {
      flush();
      skipping = 0;
      starred = false;
      if (token.kind === 'open') stack.push(state);
      else state = stack.pop() ?? state;
      return;
    }
    const { word, number } = token;
    if (word === '*') {
      starred = true;
      return;
    }
    if (Object.hasOwn(CHARACTERS, word)) return character(CHARACTERS[word] ?? '');
    flush();
    if (!destination(word) && !inInfo(word, number) && !breaks(word)) look(word, number);
    starred = false;
  };
  for (const token of rtfTokens(bytes)) handle(token);
  flush();
  return {
    title: clean(info.get('title')) ?? clean(info.get('subject')) ?? '',
    letter: { author: clean(info.get('author')), date: dayOf(time, 'revtim') ?? dayOf(time, 'creatim') },
    text: [writers.shown.end(), writers.notes.end()].filter(Boolean).join('\n\n'),
    hidden: writers.hidden.end(),
  };
}

const clean = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim() || undefined;

function dayOf(time: ReadonlyMap<string, string>, which: string): string | undefined {
  const [year, month, day] = ['yr', 'mo', 'dy'].map((part) => time.get(`${which} ${part}`));
  if (!year || !month || !day || !/^\d{4}$/.test(year)) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function setOf(page: number): string {
  const set = CODE_PAGES[page] ?? `windows-${page}`;
  return isSet(set) ? set : 'windows-1252';
}

function isSet(set: string): boolean {
  try {
    new TextDecoder(set);
    return true;
  } catch {
    return false;
  }
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();
function decoderOf(set: string): InstanceType<typeof TextDecoder> {
  const known = decoders.get(set);
  if (known) return known;
  const made = new TextDecoder(set);
  decoders.set(set, made);
  return made;
}
