import PostalMime, { type Address } from 'postal-mime';
import { ExtractError } from './extract-error.ts';
import { htmlText } from './html-text.ts';

export interface MailText {
  readonly title: string;
  readonly text: string;
}

/** An e-mail as text: who wrote to whom, when and about what; then what was written. Attachments are named, not read. @throws ExtractError */
export async function mailText(bytes: Uint8Array): Promise<MailText> {
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 50, maxHeadersSize: 1024 * 1024 }).catch(
    (error: unknown) => {
      throw new ExtractError(
        `the e-mail cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    },
  );
  const head = [
    ['From', mail.from ? nameOf(mail.from) : ''],
    ['To', (mail.to ?? []).map(nameOf).join(', ')],
    ['Cc', (mail.cc ?? []).map(nameOf).join(', ')],
    ['Date', mail.date ?? ''],
    ['Subject', mail.subject ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const body = mail.text ?? (mail.html === undefined ? '' : htmlText(mail.html).text);
  const attached = mail.attachments.map(
    ({ filename, mimeType }) => `[Attachment: ${filename ?? 'without a name'}, ${mimeType}]`,
  );
  const text = [head.join('\n'), body.replace(/\r\n?/g, '\n').trimEnd(), attached.join('\n')]
    .filter(Boolean)
    .join('\n\n');
  return { title: mail.subject ?? '', text: text.replaceAll('\0', '\uFFFD') };
}

const nameOf = (address: Address) =>
  address.address ? (address.name ? `${address.name} <${address.address}>` : address.address) : address.name;
