import { type Edition, limitsOf, ownValue, PairMap, type ProseFile, type SaidNames } from '#edition/index';

/** A text of the edition in the language it is in: the page’s if it was translated, else the original. */
export interface Text {
  readonly value: string;
  readonly language: string;
}

/** One thing that must not be read into an edition, with what a reader would ask. */
export interface LimitText extends Text {
  readonly question: Text | undefined;
  readonly important: boolean;
}

/** The texts of an edition as a page in one language shows them. */
export interface Texts {
  readonly title: Text;
  readonly summary: Text | undefined;
  readonly cutOffBasis: Text | undefined;
  readonly doesNotSay: readonly LimitText[];
  readonly headline: Text | undefined;
  readonly credit: Text | undefined;
  readonly warning: Text | undefined;
  readonly notice: Text | undefined;
  /** What the edition calls its units, in the language or else in its own; undefined where it says nothing. */
  readonly units: SaidNames | undefined;
  prose(file: ProseFile): Text | undefined;
  theme(theme: string): Text | undefined;
  /** What somebody who wants an answer has to do; undefined where nobody has advised. */
  advice(measure: string, answer: string): Text | undefined;
  measure(id: string, part: 'name' | 'short' | 'question' | 'guidance'): Text | undefined;
  option(scale: string, answer: string, part: 'name' | 'meaning'): Text | undefined;
  /** What an answer takes on a measure: in its own words, else in those of the scale. */
  meaning(measure: string, answer: string): Text | undefined;
  company(id: string, part: 'name' | 'headquarters' | 'note'): Text | undefined;
  service(id: string, part: 'name' | 'kind' | 'note'): Text | undefined;
  note(unit: string, measure: string): Text | undefined;
  introduction(unit: string): Text | undefined;
  section(unit: string, measure: string): Text | undefined;
  finding(id: string, part: 'heading' | 'text'): Text | undefined;
  /** A text of the edition that has no translation. */
  original(value: string | undefined): Text | undefined;
}

/** Looks up the texts of an edition in a language, and in the original where they are not translated. */
export function textsOf(edition: Edition, notes: PairMap<string>, language: string): Texts {
  const own = edition.meta.languages[0] ?? 'en';
  const translated = edition.translations.find((translation) => translation.language === language)?.texts;
  const pick = (translation: string | undefined, original: string | undefined): Text | undefined => {
    if (translation) return { value: translation, language };
    return original ? { value: original, language: own } : undefined;
  };
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.id, item]));
  const measures = byId(edition.methodology.measures);
  const options = new Map(
    edition.methodology.scales.flatMap((scale) =>
      scale.answers.map((option) => [`${scale.id} ${option.answer}`, option] as const),
    ),
  );
  const [companies, services, findings] = [
    byId(edition.companies),
    byId(edition.services),
    byId(edition.findings),
  ];
  const introductions = new Map(edition.assessments.map(({ unit, introduction }) => [unit, introduction]));
  const sections = new PairMap(
    edition.assessments.flatMap(({ unit, sections: all }) =>
      all.map(({ measure, text }) => [unit, measure, text] as const),
    ),
  );
  const { meta } = edition;
  const edited = translated?.edition;
  const limits = edited?.['does-not-say'] && limitsOf({ 'does-not-say': edited['does-not-say'] });
  return {
    title: pick(edited?.title, meta.title) ?? { value: meta.id, language: own },
    summary: pick(edited?.summary, meta.summary),
    cutOffBasis: pick(edited?.['cut-off-basis'], meta['cut-off']?.basis),
    headline: pick(edited?.headline, meta.headline),
    credit: pick(edited?.credit, meta.credit),
    warning: pick(edited?.warning, meta.warning),
    notice: pick(translated?.notice, edition.methodology.notice),
    doesNotSay: limitsOf(meta).flatMap(({ text, question, important }, index) => {
      const own = limits?.[index];
      const said = pick(own?.text, text);
      return said ? [{ ...said, question: pick(own?.question, question), important }] : [];
    }),
    prose: (file) => pick(translated?.[file], edition.prose[file]),
    theme: (theme) => pick(ownValue(translated?.themes, theme), theme),
    units: meta.units && { ...meta.units, ...edited?.units },
    measure: (id, part) => pick(ownValue(translated?.measures, id)?.[part], measures.get(id)?.[part]),
    option: (scale, answer, part) =>
      pick(
        ownValue(ownValue(translated?.scales, scale), answer)?.[part],
        options.get(`${scale} ${answer}`)?.[part],
      ),
    advice: (id, answer) =>
      pick(
        ownValue(ownValue(translated?.measures, id)?.advice, answer),
        ownValue(measures.get(id)?.advice, answer),
      ),
    meaning: (id, answer) => {
      const measure = measures.get(id);
      const own = pick(
        ownValue(ownValue(translated?.measures, id)?.meanings, answer),
        ownValue(measure?.meanings, answer),
      );
      const scale = measure?.scale ?? '';
      const shared = pick(
        ownValue(ownValue(translated?.scales, scale), answer)?.meaning,
        options.get(`${scale} ${answer}`)?.meaning,
      );
      return own ?? shared;
    },
    company: (id, part) => pick(ownValue(translated?.companies, id)?.[part], companies.get(id)?.[part]),
    service: (id, part) => pick(ownValue(translated?.services, id)?.[part], services.get(id)?.[part]),
    note: (unit, measure) =>
      pick(ownValue(ownValue(translated?.answers, unit), measure), notes.get(unit, measure)),
    introduction: (unit) =>
      pick(ownValue(translated?.assessments, unit)?.introduction, introductions.get(unit)),
    section: (unit, measure) =>
      pick(ownValue(ownValue(translated?.assessments, unit)?.sections, measure), sections.get(unit, measure)),
    finding: (id, part) => pick(ownValue(translated?.findings, id)?.[part], findings.get(id)?.[part]),
    original: (value) => pick(undefined, value),
  };
}
