import PostalMime, { type Address, type Email } from 'postal-mime';
import type { DocumentText } from '../document-text.ts';
import { mailBody } from './mail-body.ts';
import { endQuotedLines } from './mail-flowed.ts';

/** Letters are forwarded within letters; deeper than this, nobody reads on. */
const DEEPEST = 8;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * An e-mail as text: who wrote to whom, when (as the letter says it) and about what; then what was written; then the messages within it. Attachments are named, not read.
 * @throws Error if it cannot be read
 */
export async function mailText(bytes: Uint8Array): Promise<Partial<DocumentText>> {
  const { mail, text, remarks } = await readMail(bytes, 0);
  const replaced = text.split('\uFFFD').length - 1;
  return {
    replaced,
    title: mail.subject?.replace(/\s+/g, ' ').trim() ?? '',
    text: text.replaceAll('\0', '\uFFFD'),
    letter: {
      author: mail.from ? personOf(mail.from) : undefined,
      recipients: addressesOf(mail.to).map(personOf),
      date: dayOf(dateOf(mail)),
    },
    remarks: [
      ...new Set(remarks),
      ...(replaced > 0
        ? [
            `${replaced.toLocaleString('en')} of its characters cannot be read: it does not say in which character set they are`,
          ]
        : []),
    ],
  };
}

interface ReadMail {
  readonly mail: Email;
  readonly text: string;
  readonly remarks: readonly string[];
}

async function readMail(bytes: Uint8Array, depth: number): Promise<ReadMail> {
  const mail = await PostalMime.parse(endQuotedLines(bytes), {
    maxNestingDepth: 50,
    maxHeadersSize: 1024 * 1024,
    // Else its text would hold their dates in the form of this machine’s country and zone.
    forceRfc822Attachments: true,
  });
  const head = [
    ['From', mail.from ? nameOf(mail.from) : ''],
    ['To', addressesOf(mail.to).map(nameOf).join(', ')],
    ['Cc', addressesOf(mail.cc).map(nameOf).join(', ')],
    ['Date', dateOf(mail)],
    ['Subject', mail.subject ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value.replace(/\s+/g, ' ').trim()}`] : []));
  const { body, remarks } = mailBody(mail.text, mail.html);
  const within = mail.attachments.filter(({ mimeType }) => mimeType === 'message/rfc822');
  const attached = mail.attachments.filter(({ mimeType }) => mimeType !== 'message/rfc822');
  const inner: ReadMail[] = [];
  if (depth < DEEPEST)
    for (const { content } of within) inner.push(await readMail(bytesOf(content), depth + 1));
  const text = [
    head.join('\n'),
    body,
    attached
      .map(
        ({ filename, mimeType }) =>
          `[Attachment: ${oneLine(filename ?? '') || 'without a name'}, ${mimeType}]`,
      )
      .join('\n'),
    ...inner.map((own) => `[Message within it:]\n\n${own.text}`),
  ];
  return {
    mail,
    text: text.filter(Boolean).join('\n\n'),
    remarks: [...remarks, ...inner.flatMap((own) => own.remarks)],
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const bytesOf = (content: string | ArrayBuffer | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);

/** Groups of addresses are listed by their members. */
const addressesOf = (list: readonly Address[] | undefined): Address[] =>
  (list ?? []).flatMap((own): Address[] => (own.group ? [...own.group] : [own]));

const nameOf = ({ name, address }: Address) => (address ? (name ? `${name} <${address}>` : address) : name);
const personOf = ({ name, address }: Address) => oneLine(name || address || '');

/** The header as it stands in the mail; a date that is converted would depend on who converts it. */
const dateOf = ({ headers }: Email) => headers.find(({ key }) => key === 'date')?.value ?? '';

/** The day of a date as mails write it, in the zone of whoever wrote it. */
function dayOf(date: string): string | undefined {
  const [, day, month, year] = /\b(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\b/i.exec(date) ?? [];
  const index = MONTHS.indexOf(month?.toLowerCase() ?? '');
  return index < 0 || Number(day) < 1 || Number(day) > 31
    ? undefined
    : `${year}-${String(index + 1).padStart(2, '0')}-${day?.padStart(2, '0')}`;
}
