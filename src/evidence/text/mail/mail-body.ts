import { htmlText } from '../page/html-text.ts';
import { markQuoted, markQuotedHtml, quotesUnmarked } from './mail-quoted.ts';

interface MailBody {
  readonly body: string;
  readonly remarks: readonly string[];
}

/** One part has more to say than the other if it has this many times its words. */
const FULLER = 1.2;
/** A line stands in the other part too if this part of its pairs of words does. */
const KNOWN = 0.8;

/**
 * What was written in a mail that may have it twice, as text and as HTML. The text is taken, unless the HTML says more; what stands only in the other one comes after
 * it, under a mark: which of them a reader saw depends on their program.
 */
export function mailBody(plain: string | undefined, html: string | undefined): MailBody {
  const text = markQuoted(tidy(plain ?? ''));
  const page = html === undefined ? '' : fromHtml(html);
  const unmarked = quotesUnmarked(tidy(plain ?? ''))
    ? [
        'It quotes an earlier letter without marks: all that follows its head is marked as quoted. Answers written below or within it are, too',
      ]
    : [];
  if (page === '' || text === '') return { body: text || page, remarks: unmarked };
  const isFuller = wordsOf(page).length > wordsOf(text).length * FULLER;
  const [main, other, name] = isFuller ? [page, text, 'text'] : [text, page, 'HTML'];
  const only = linesOnlyIn(other, main);
  if (only.length === 0) return { body: main, remarks: unmarked };
  return {
    body: `${main}\n\n[Only in the ${name} part:]\n\n${only.join('\n')}`,
    remarks: [...unmarked, 'Its text and HTML parts say different things; both are in the text'],
  };
}

function fromHtml(html: string): string {
  const { marked, restore } = markQuotedHtml(html);
  return restore(tidy(htmlText(marked).text));
}

const tidy = (text: string) => text.replace(/\r\n?/g, '\n').trimEnd();

/** Words as they are compared: without addresses of links, which only one of the parts spells out. */
const wordsOf = (text: string) =>
  text
    .replace(/<?(?:https?:\/\/|mailto:)\S*/gi, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function linesOnlyIn(other: string, main: string): string[] {
  const words = wordsOf(main);
  const known = new Set(words.map((word, index) => `${words[index - 1] ?? ''} ${word}`));
  const single = new Set(words);
  return other.split('\n').filter((line) => {
    const own = wordsOf(line);
    if (own.length === 0) return false;
    if (own.length === 1) return !single.has(own[0] ?? '');
    const found = own.slice(1).filter((word, index) => known.has(`${own[index]} ${word}`)).length;
    return found < (own.length - 1) * KNOWN;
  });
}
