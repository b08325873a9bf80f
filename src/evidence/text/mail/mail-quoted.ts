import { type DefaultTreeAdapterMap, parse, serialize } from 'parse5';

/** Earlier letters that a mail quotes: each of their lines begins with “>”, whatever program wrote it, so that nobody takes them for the words of who wrote the mail. */

/** What programs write above an earlier letter that they do not mark line by line. */
const SEPARATOR =
  /^[-_–—]{2,}\s?(?:original message|forwarded message|begin forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d[’']origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|oorspronkelijk bericht|mensagem original|исходное сообщение|пересылаемое сообщение|الرسالة الأصلية|原始邮件|元のメッセージ)\s?[-_–—]{2,}$/i;
const FROM = /^\*?(?:from|von|de|da|van|od|от|من|发件人|寄件者|差出人|보낸 사람)\*?\s?[:：]\*?\s?\S/i;
const SENT =
  /^\*?(?:sent|date|gesendet|datum|envoyé|enviado|fecha|inviato|data|verzonden|wysłano|отправлено|дата|تاريخ الإرسال|发送时间|日期|送信日時|보낸 날짜)\*?\s?[:：]/i;
/** The block of From, Sent, To, Subject stands within so many lines. */
const BLOCK = 4;

/** What programs write above an earlier letter: on that day, who wrote. It may be broken into a few lines. */
const WROTE =
  /^(?:on|am|le|el|il|em|op|w dniu|den|dne|ngày|в|\d|\p{Lu}[\p{L}.]{1,9},? \d|من|في|ב).{6,250}(?:wrote|schrieb(?: .{1,80})?|a écrit|escribió|ha scritto|escreveu|schreef|napisał(?:\(a\)|a)?|пишет|написал(?:\(а\)|а)?|пише|yazdı|skrev|napsal(?:\(a\)|a)?|đã viết|كتب|כתב|写道|寫道|のメール|님이 작성)\s?[:：]$/iu;
const BROKEN = 3;

/** The line where a letter begins that another one quotes without marks, below words like “On Tuesday, Jo wrote:”. */
function unmarkedStart(lines: readonly string[]): number {
  return lines.findIndex((line, index) => {
    if (line.length > 300 || line.trim() === '') return false;
    for (let count = 1; count <= BROKEN; count++) {
      const head = lines.slice(index, index + count).map((own) => own.trim());
      if (head.includes('')) return false;
      if (!WROTE.test(head.join(' ').slice(0, 400))) continue;
      const next = lines.slice(index + count).find((own) => own.trim() !== '');
      return next !== undefined && !next.startsWith('>');
    }
    return false;
  });
}

/** Whether where the earlier letter ends is only supposed. */
export const quotesUnmarked = (text: string): boolean => unmarkedStart(text.split('\n')) >= 0;

/** Marks what follows such a separator, to the end; lines that are marked stay as they are. */
export function markQuoted(text: string): string {
  const lines = text.split('\n');
  const separated = lines.findIndex(
    (line, index) =>
      (line.length < 100 && SEPARATOR.test(line.trim())) ||
      (index > 0 &&
        line.length < 300 &&
        FROM.test(line) &&
        lines.slice(index + 1, index + 1 + BLOCK).some((own) => SENT.test(own))),
  );
  const starts = [separated, unmarkedStart(lines)].filter((own) => own >= 0);
  if (starts.length === 0) return text;
  const start = Math.min(...starts);
  return lines
    .map((line, index) => (index < start || line.trim() === '' || line.startsWith('>') ? line : `> ${line}`))
    .join('\n');
}

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const [OPEN, CLOSE] = ['\uE0A0', '\uE0A1'];

/** Puts marks around the quoted blocks of an HTML mail, and turns them into “>” once it is text. */
export function markQuotedHtml(html: string): { marked: string; restore: (text: string) => string } {
  const document = parse(html.replace(/[\uE0A0\uE0A1]/g, ''), { scriptingEnabled: false });
  const stack: Node[] = [document];
  let found = false;
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!('childNodes' in node)) continue;
    for (const child of node.childNodes) stack.push(child);
    if (!('attrs' in node)) continue;
    if (beginsRest(node) && !isWithinQuoted(node)) {
      found = true;
      // It is open to the end of the mail.
      const siblings = node.parentNode?.childNodes;
      siblings?.splice(siblings.indexOf(node), 0, mark(OPEN, node));
      continue;
    }
    if (!isQuoted(node)) continue;
    found = true;
    node.childNodes.unshift(mark(OPEN, node));
    node.childNodes.push(mark(CLOSE, node));
  }
  const marked = found ? serialized(document) : undefined;
  return marked === undefined ? { marked: html, restore: markQuoted } : { marked, restore: withMarks };
}

/** Undefined where a document is nested too deeply to be written out again. */
function serialized(document: DefaultTreeAdapterMap['document']): string | undefined {
  try {
    return serialize(document);
  } catch {
    return undefined;
  }
}

function isQuoted(element: Element): boolean {
  const attribute = (name: string) => element.attrs.find((own) => own.name === name)?.value ?? '';
  if (element.nodeName === 'blockquote') return true;
  return (
    /\b(?:gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|tutanota_quote)\b/.test(
      attribute('class').slice(0, 500),
    ) || attribute('id') === 'OLK_SRC_BODY_SECTION'
  );
}

/** After these, Outlook puts the head of the earlier letter and all of that letter, with nothing around them. */
const beginsRest = (element: Element): boolean =>
  element.attrs.some(({ name, value }) => name === 'id' && /^(?:appendonsend|divRplyFwdMsg)$/.test(value));

function isWithinQuoted(element: Element): boolean {
  for (let node = element.parentNode; node; node = 'parentNode' in node ? node.parentNode : null)
    if ('attrs' in node && isQuoted(node)) return true;
  return false;
}

/** A paragraph of its own with one character. */
function mark(character: string, parent: Element): DefaultTreeAdapterMap['childNode'] {
  const paragraph: Element = {
    nodeName: 'p',
    tagName: 'p',
    attrs: [],
    namespaceURI: parent.namespaceURI,
    childNodes: [],
    parentNode: parent,
  };
  paragraph.childNodes.push({ nodeName: '#text', value: character, parentNode: paragraph });
  return paragraph;
}

function withMarks(text: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    for (const character of line) {
      if (character === OPEN) depth++;
      if (character === CLOSE) depth = Math.max(0, depth - 1);
    }
    const own = line.replace(/[\uE0A0\uE0A1]/g, '');
    if (own === '' && own !== line) continue;
    lines.push(depth > 0 && own !== '' ? `> ${own}` : own);
  }
  return markQuoted(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  );
}
