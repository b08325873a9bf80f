import { walkXml } from '#formats/packed';
import type { DocumentText } from '../document-text.ts';

/** What a document says of itself: title, author, the day it was last changed. Templates leave such words behind; they are no title. */
export function propertiesOf(xml: string | undefined): Pick<DocumentText, 'title' | 'letter' | 'language'> {
  const found = new Map<string, string>();
  let own = '';
  if (xml !== undefined && xml !== '')
    walkXml(xml, {
      open() {
        own = '';
      },
      close(name) {
        if (!found.has(name) && own.trim() !== '') found.set(name, own.replace(/\s+/g, ' ').trim());
        own = '';
      },
      text(text) {
        own += text;
      },
    });
  const day = /^\d{4}-\d\d-\d\d/.exec(
    found.get('modified') ?? found.get('date') ?? found.get('created') ?? found.get('creation-date') ?? '',
  )?.[0];
  return {
    title: found.get('title') ?? found.get('subject') ?? '',
    language: found.get('language'),
    letter: { author: found.get('creator') ?? found.get('initial-creator'), date: day },
  };
}
