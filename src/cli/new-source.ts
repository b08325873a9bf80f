import type { Source } from '#edition/index';

export type SourceKind = Source['custom']['kind'];

/** What is known of a source that was captured before anybody described it. */
export interface NewSource {
  readonly id: string;
  readonly address?: string | undefined;
  readonly title?: string | undefined;
  /** The media type of what was captured. */
  readonly type?: string | undefined;
  /** What sort of source a person says it is. */
  readonly kind?: SourceKind | undefined;
  readonly letter?: {
    readonly author?: string | undefined;
    readonly recipients?: readonly string[] | undefined;
    readonly date?: string | undefined;
  };
}

export const isLetterKind = (kind: string | undefined) => kind === 'letter' || kind === 'correspondence';

/** The entry in sources.json of a source that was captured before anybody described it. What a letter says of itself is taken from it. */
export function newSource({ id, address, title, type = '', kind, letter = {} }: NewSource): Source {
  const now = new Date();
  const isPicture = type.startsWith('image/');
  const own = kind ?? (isPicture ? 'app-walk-through' : address ? 'website' : 'documentation');
  const isLetter = isLetterKind(own);
  const issued = isLetter ? letter.date?.split('-').map(Number) : undefined;
  const people = (names: readonly (string | undefined)[]) =>
    names.flatMap((name) => (isLetter && name?.trim() ? [{ literal: name.trim() }] : []));
  const [author, recipient] = [people([letter.author]), people(letter.recipients ?? [])];
  return {
    id,
    type: isLetter ? 'personal_communication' : isPicture ? 'graphic' : address ? 'webpage' : 'document',
    title: title?.trim() || id,
    ...(author.length > 0 ? { author } : {}),
    ...(recipient.length > 0 ? { recipient } : {}),
    ...(issued ? { issued: { 'date-parts': [issued] } } : {}),
    ...(address === undefined ? {} : { URL: address }),
    accessed: { 'date-parts': [[now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()]] },
    custom: { kind: own },
  };
}

/** What was taken from a letter, in one line, for a person to look at: sources.json is published. */
export function takenFromLetter({ title, author, recipient, issued }: Source): string {
  const names = (list: Source['author']) =>
    (list ?? []).map((name) => ('literal' in name ? name.literal : name.family)).join(', ');
  const date =
    issued && 'date-parts' in issued
      ? issued['date-parts'][0]?.map((part) => String(part).padStart(2, '0')).join('-')
      : undefined;
  return [
    `“${title}”`,
    ...(author ? [`from ${names(author)}`] : []),
    ...(recipient ? [`to ${names(recipient)}`] : []),
    date === undefined ? 'undated' : `of ${date}`,
  ].join(', ');
}
