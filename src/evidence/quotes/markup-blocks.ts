import type { Block } from '../text/blocks.ts';

/** The source text of a page or feed, which may stand on a single line: each tag parts what stands before it from what stands behind. */
const TAG = /<!\[CDATA\[|\]\]>|<[^<>]*>|&lt;\/?\w{1,10}&gt;/g;
const HEADING = /^<(?:title|h[1-6]|name)(?=[\s>])/i;

export const isMarkup = (text: string): boolean =>
  /^\s*<(?:\?xml|!doctype|html|rss|feed|rdf:rdf|urlset)(?=[\s>])/i.test(text.slice(0, 1000));

export function markupBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  let isHeading = false;
  const add = (end: number) => {
    if (/\S/.test(text.slice(at, end)))
      blocks.push({ start: at, end, kind: isHeading ? 'heading' : 'paragraph' });
  };
  for (const { index, 0: tag } of text.matchAll(TAG)) {
    add(index);
    at = index + tag.length;
    if (tag !== '<![CDATA[' && tag !== ']]>') isHeading = HEADING.test(tag);
  }
  add(text.length);
  return blocks;
}
