import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { HtmlValidate } from 'html-validate';

/** What tests ask of the pages of a built site. */

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: false }).toSorted();
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How void elements and attributes without a value are written is the renderer’s, and means nothing.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // Titles and names come from editions, and may be long.
    'long-title': 'off',
  },
});

/** What is wrong with the HTML of a page, a line each. */
export function htmlErrors(html: string, file: string): string[] {
  const { results } = validator.validateStringSync(html, file);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${file}:${line}:${column} ${ruleId}: ${message}`),
  );
}

/** The values of an attribute, as they are meant. */
export function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<[a-z][^>]*? ${name}="([^"]*)"`, 'g'))].map((match) =>
    (match[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
}

/** The links of a page that lead nowhere: files that are not there, and fragments that their page does not have. */
export function deadLinks(pages: ReadonlyMap<string, string>, files: ReadonlySet<string>): string[] {
  const ids = new Map([...pages].map(([file, html]) => [file, new Set(attributes(html, 'id'))]));
  return [...pages].flatMap(([file, html]) =>
    [...new Set([...attributes(html, 'href'), ...attributes(html, 'src')])].flatMap((address) => {
      if (/^(?:https?|mailto):/.test(address)) return [];
      const [path = '', fragment] = address.split('#');
      const target = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
      const there = files.has(target) && !target.startsWith('..');
      const found = fragment === undefined || ids.get(target)?.has(fragment);
      return there && found ? [] : [`${file} → ${address}`];
    }),
  );
}
