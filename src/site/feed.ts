import type { Correction } from '#edition/index';
import { at } from './addresses.ts';
import { escapeMarkup } from './escape.ts';
import { plainText } from './parts/text.tsx';
import type { LanguageView } from './view.ts';

/**
 * Corrections and changes as an Atom feed (RFC 4287). Its ids do not depend on where the site stands: `tag:` addresses (RFC 4151) made of the
 * ids of the edition and the correction.
 */
export function atomFeed({
  site,
  say,
  texts,
  language,
}: Pick<LanguageView, 'site' | 'say' | 'texts' | 'language'>): string {
  const { meta, corrections } = site.edition;
  const original = meta.languages[0] ?? 'en';
  const released = day(meta.released ?? meta['cut-off']?.date ?? '1970');
  const newest = corrections.toReversed();
  const base = site.url ?? '';
  const tag = (name: string) => `tag:assay.invalid,${released}:${meta.id}${name}`;
  const author = escapeMarkup(plainText(meta.publisher ?? meta.title));
  const entries = [
    ...newest.map((correction) => ({
      id: tag(`/corrections/${correction.id}`),
      title: [say(`corrections.${correction.kind}`), concernsOf(correction, texts)]
        .filter(Boolean)
        .join(': '),
      updated: correction.date,
      text: withoutMarks(correction.text),
      link: `${base}${at.corrections}#correction-${correction.id}`,
    })),
    {
      id: tag('/released'),
      title: meta.title,
      updated: released,
      text: meta.summary ?? meta.title,
      link: `${base}${at.ranking}`,
    },
  ];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${tag('')}</id>`,
    `<title>${escapeMarkup(plainText(meta.title))}: ${escapeMarkup(say('corrections.title'))}</title>`,
    `<updated>${newest[0]?.date ?? released}T00:00:00Z</updated>`,
    `<author><name>${author}</name></author>`,
    ...(site.url ? [`<link rel="self" href="${escapeMarkup(site.url)}corrections.atom"/>`] : []),
    `<link rel="alternate" type="text/html" href="${escapeMarkup(`${base}${at.corrections}`)}"/>`,
    ...entries.flatMap((entry) => [
      '<entry>',
      `<id>${entry.id}</id>`,
      `<title>${escapeMarkup(plainText(entry.title))}</title>`,
      `<updated>${entry.updated}T00:00:00Z</updated>`,
      `<link rel="alternate" type="text/html" href="${escapeMarkup(entry.link)}"/>`,
      `<content type="text" xml:lang="${original}">${escapeMarkup(plainText(entry.text))}</content>`,
      '</entry>',
    ]),
    '</feed>',
    '',
  ].join('\n');
}

/** Whose scores a correction is about, by name. */
function concernsOf({ concerns = [] }: Correction, texts: LanguageView['texts']): string {
  const named = concerns.slice(0, 3).map(({ unit, measure }) => {
    const of = texts.company(unit, 'name') ?? texts.service(unit, 'name');
    return `${of?.value ?? unit}, ${texts.measure(measure, 'name')?.value ?? measure}`;
  });
  return named.join('; ') + (concerns.length > named.length ? ' …' : '');
}

/** A feed has no place for citations, emphasis and links; what they stand on is left. */
export function withoutMarks(text: string): string {
  const pieces = text.split(/\[@[^[\]]*\]/);
  return pieces
    .map((piece, index) => (index < pieces.length - 1 ? piece.trimEnd() : piece))
    .join('')
    .replace(/\[([^[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)/g, '$1')
    .replace(/(?<!\*)\*(?![\s*])([^*\n]+)(?<!\s)\*(?!\*)/g, '$1')
    .replace(/\*\*(?!\s)([^*\n]+)(?<!\s)\*\*/g, '$1')
    .replace(/__(?!\s)([^_\n]+)(?<!\s)__/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1');
}

/** A date that may be a year or month only, as its first day. */
function day(date: string): string {
  const [year = '1970', month = '01', own = '01'] = date.split('-');
  return `${year}-${month}-${own}`;
}
