import type { EditionMeta, Source } from '#edition/index';
import type { Alarm } from './alarms.ts';

/** What a monitor found as an Atom feed (RFC 4287): an entry for each alarm, with ids that stay. */
export function alarmFeed(
  meta: EditionMeta,
  alarms: readonly Alarm[],
  sources: readonly Source[],
  updated: string,
  folder: string,
): string {
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const tag = (name: string) => `tag:assay.invalid,2026:${meta.id}/monitor${name}`;
  const entries = alarms
    .toSorted((a, b) => b.entry - a.entry)
    .map((alarm) => {
      const { title, text } = alarmText(alarm, titles, folder);
      return [
        '<entry>',
        `<id>${tag(`/${alarm.record}/${alarm.kind === 'quote' ? alarm.quote : 'outage'}`)}</id>`,
        `<title>${plainXml(title)}</title>`,
        `<updated>${alarm.time}</updated>`,
        `<content type="text">${plainXml(text)}</content>`,
        '</entry>',
      ].join('\n');
    });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${tag('')}</id>`,
    `<title>${plainXml(`${meta.title}: sources that changed`)}</title>`,
    `<updated>${updated}</updated>`,
    `<author><name>${plainXml(meta.publisher ?? meta.title)}</name></author>`,
    ...entries,
    '</feed>',
    '',
  ].join('\n');
}

/** An alarm in words, with the command that shows it, as it can be typed where the folder of the edition goes by that name. */
export function alarmText(
  alarm: Alarm,
  titles: ReadonlyMap<string, string>,
  folder: string,
): { title: string; text: string } {
  if (alarm.kind !== 'outage') {
    const name = `The quote “${alarm.quote}” from “${titles.get(alarm.source) ?? alarm.source}”`;
    return alarm.kind === 'quote'
      ? {
          title: `${alarm.verdict}: ${alarm.source}#${alarm.quote}`,
          text: `${name} is ${alarm.verdict}. assay recheck ${folder} --review shows it.`,
        }
      : {
          title: `surroundings: ${alarm.source}#${alarm.quote}`,
          text: `${name} stands there (${alarm.verdict}), and what is around it is not what it was. assay recheck ${folder} --review shows it.`,
        };
  }
  const number = alarm.sources.length;
  return alarm.host === ''
    ? {
        title: 'nothing can be reached',
        text: `None of ${number} sources on any host answers; look at your own connection first.`,
      }
    : {
        title: `${alarm.verdict}: ${alarm.host}`,
        text: `${number} sources on ${alarm.host} are ${alarm.verdict}: ${alarm.sources.join(', ')}.`,
      };
}

const plainXml = (text: string) =>
  text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .replace(/[<>&]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[character] ?? '');
