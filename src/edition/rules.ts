/**
 * Every rule that an edition can break, in the order in which `docs/rules.md` lists them. That page is made from
 * this table (a test holds them together), and for each rule there is a small broken edition under `tests/broken/`.
 */
export const RULES = {
  // Files and how they are read
  'missing-file': { severity: 'error', about: 'A file that every edition needs is not there.' },
  'unknown-file': {
    severity: 'warning',
    about: 'A file that no part of the edition reads, perhaps a misspelt name.',
  },
  'file-too-large': {
    severity: 'error',
    about: 'A file is larger than its kind may be; nothing of it is read.',
  },
  'outside-folder': { severity: 'error', about: 'A path or link leads out of the edition folder.' },
  'unreadable-file': {
    severity: 'error',
    about: 'A file cannot be read (permissions, a folder in its place).',
  },
  encoding: { severity: 'error', about: 'A file is not UTF-8, or holds NUL characters.' },
  'merge-conflict': {
    severity: 'error',
    about: 'A merge has left conflict markers in a file; nothing of it is read.',
  },
  'byte-order-mark': {
    severity: 'error',
    about: 'A file begins with a byte-order mark, as spreadsheets write it.',
  },
  'spreadsheet-save': {
    severity: 'warning',
    about:
      'A spreadsheet saved a CSV file in its own way; it is read as it should be, and `assay check --fix` writes it so.',
  },
  'line-ends': { severity: 'error', about: 'Lines end with CR LF (or CR) instead of LF.' },
  'yaml-syntax': { severity: 'error', about: 'A YAML file cannot be parsed.' },
  'json-syntax': { severity: 'error', about: 'A JSON file cannot be parsed.' },
  'csv-syntax': {
    severity: 'error',
    about: 'A CSV file cannot be parsed (quotes), or a row has the wrong number of cells.',
  },
  'csv-header': { severity: 'error', about: 'A column of a CSV file is missing, unknown or doubled.' },
  'front-matter': {
    severity: 'error',
    about: 'The front matter of a Markdown file is missing, unfinished or wrong.',
  },
  // Values
  'unknown-key': { severity: 'error', about: 'A key that the format does not know.' },
  value: { severity: 'error', about: 'A value is missing or of the wrong kind.' },
  'bad-id': {
    severity: 'error',
    about: 'An id is not lower-case words of a–z and 0–9 joined by single hyphens.',
  },
  'spreadsheet-damage': {
    severity: 'error',
    about:
      'A cell that a spreadsheet has altered: an error value, a date that was an id, a date in another form, a number kept as text.',
  },
  'duplicate-id': {
    severity: 'error',
    about: 'The same id is given twice where it must stand for one thing.',
  },
  'unknown-id': { severity: 'error', about: 'An id is used that nothing in the edition has.' },
  // Methodology
  'measure-cycle': { severity: 'error', about: 'Measures are each other’s parents.' },
  'measure-orphan': { severity: 'error', about: 'A scored measure does not lead up to the ranked measure.' },
  'measure-shape': {
    severity: 'error',
    about:
      'A measure is neither leaf nor branch, or both; a branch has nothing to combine; a recorded measure is combined.',
  },
  'measure-unit': {
    severity: 'error',
    about:
      'A measure is answered for services and nothing says how they make the company’s score, or the reverse.',
  },
  mean: {
    severity: 'error',
    about: 'A geometric mean is taken of what can be below 0, or a harmonic one of what can be 0.',
  },
  exception: { severity: 'error', about: 'An exception for one unit does not fit its measure.' },
  nesting: { severity: 'error', about: 'A service is part of itself, or of one of another company.' },
  numbers: {
    severity: 'error',
    about: 'Numbers cannot be normalised: they do not vary, or lie beyond the goalposts.',
  },
  'scale-points': { severity: 'error', about: 'A scored leaf uses a scale whose answers have no points.' },
  weights: {
    severity: 'error',
    about: 'Weights are negative, all zero, on the wrong measure, or do not add up as declared.',
  },
  bands: {
    severity: 'error',
    about: 'Bands leave a hole, overlap, run backwards, or do not cover every possible value.',
  },
  // Answers
  'answer-missing': {
    severity: 'error',
    about: 'A unit has no row for a leaf; say `not-assessed` if nobody looked.',
  },
  'answer-double': { severity: 'error', about: 'A unit is answered twice for the same leaf.' },
  'answer-off-scale': {
    severity: 'error',
    about: 'An answer is not on the measure’s scale, or a state is used that the scale does not admit.',
  },
  'answer-to-branch': { severity: 'error', about: 'An answer is given to a measure that combines others.' },
  'answer-wrong-unit': {
    severity: 'error',
    about: 'An answer is given for a company on a measure of services, or the reverse.',
  },
  'score-without-reasons': {
    severity: 'error',
    about:
      'A scored answer has neither a note nor a section in the unit’s assessment. Where a table stood is no reason.',
  },
  'answers-without-reasons': {
    severity: 'warning',
    about: 'Scored answers have no reasons, as `without-reasons` in edition.yaml says.',
  },
  'carried-over': {
    severity: 'warning',
    about: 'A file was carried over from the edition before, and nobody has looked at it since.',
  },
  'reasons-unchanged': {
    severity: 'warning',
    about:
      'An answer is another than in the edition before, or was corrected, and its reasons are as they were.',
  },
  'score-without-citation': {
    severity: 'error',
    about: 'Neither the row nor the reasons of a scored answer cite a source.',
  },
  // Sources and texts
  'dangling-citation': { severity: 'error', about: 'A citation names a source that there is not.' },
  'citation-syntax': {
    severity: 'error',
    about: 'Something in square brackets begins like a citation and is none.',
  },
  'citation-comma': {
    severity: 'warning',
    about: 'A locator is the id of a source: a comma stands where a semicolon belongs.',
  },
  markdown: {
    severity: 'warning',
    about:
      'Prose holds what the site shows as it is written: HTML, a picture, a source named outside square brackets.',
  },
  'unused-source': { severity: 'warning', about: 'Nothing cites a source.' },
  'section-unknown': {
    severity: 'error',
    about: 'A section of an assessment is not about a measure of that unit, or there are two of it.',
  },
  'claim-syntax': {
    severity: 'error',
    about: 'A claim has no query, a query no claim, or a span of a finding cannot be read.',
  },
  'finding-without-claim': {
    severity: 'error',
    about: 'A finding has neither a claim nor an undecided figure.',
  },
  'claim-query': {
    severity: 'error',
    about: 'The query of a claim fails, takes or returns too much, or gives more than one column.',
  },
  'claim-empty': { severity: 'error', about: 'The query of a claim returns nothing.' },
  'claim-disagrees': {
    severity: 'error',
    about: 'The query of a claim returns something else than the text says.',
  },
  // Evidence
  'dangling-quote': {
    severity: 'error',
    about: 'A citation names a quote that there is not, or that is of another source.',
  },
  'unused-quote': { severity: 'warning', about: 'Nothing cites a quote.' },
  quote: {
    severity: 'error',
    about: 'A quote does not hold: the text of the capture is not there, or has something else in its place.',
  },
  'quote-weak': {
    severity: 'warning',
    about:
      'A quote holds, but proves little: it stands there more than once, in hidden text, or was captured after the cut-off date.',
  },
  'quote-personal': {
    severity: 'warning',
    about:
      'A quote, or what is printed around it, holds what may be personal: a signature, a name, an e-mail address, a phone number.',
  },
  'evidence-weak': {
    severity: 'error',
    about: 'A scored answer rests on less than the edition asks for (`evidence` in edition.yaml).',
  },
  'search-missing': {
    severity: 'error',
    about:
      'An answer is `no-evidence`, and no search is recorded, though the edition asks for evidence that can be checked.',
  },
  'search-unused': {
    severity: 'warning',
    about: 'A search is recorded for an answer that is not `no-evidence`.',
  },
  ledger: { severity: 'error', about: 'A ledger of the archive cannot be read, or does not hold.' },
  'ledger-open': {
    severity: 'warning',
    about: 'The edition names who signs its archive, and something in it is not signed.',
  },
  // Published figures
  'published-value': {
    severity: 'error',
    about: 'A published figure cannot be compared: its measure has no such figure.',
  },
  'deviation-unexplained': {
    severity: 'error',
    about: 'A published figure is not what the rules give, and deviations.yaml does not explain it.',
  },
  'deviation-stale': {
    severity: 'error',
    about: 'deviations.yaml explains a difference that does not exist or has other values.',
  },
  'correction-stale': {
    severity: 'error',
    about: 'The last correction of a score or answer says that it is something else than it is.',
  },
  // Translations
  translation: {
    severity: 'error',
    about: 'A translation leaves out or adds what the original has: limits, or figures of a finding.',
  },
  // Wording
  'level-wording': {
    severity: 'warning',
    about: 'A level names another by its number; readers see it alone, as a verdict or as advice.',
  },
  'heading-wording': {
    severity: 'warning',
    about:
      'The heading of a finding begins with a word such as “it”, and nothing before it says who that is.',
  },
  'report-wording': {
    severity: 'warning',
    about: 'A page speaks of “the report” and does not say whose it is.',
  },
} as const satisfies Record<string, { severity: 'error' | 'warning'; about: string }>;

export type RuleId = keyof typeof RULES;

/** Something in an edition that does not hold: where, which rule, and what to do. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: RuleId;
  readonly message: string;
}

export function isError(problem: Problem): boolean {
  return RULES[problem.rule].severity === 'error';
}
