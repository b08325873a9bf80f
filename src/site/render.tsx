import { Notes } from './notes.ts';
import type { Page } from './page.ts';
import { Endnotes } from './parts/endnotes.tsx';
import { Layout } from './parts/layout.tsx';
import { plainText } from './parts/text.tsx';
import { type LanguageView, viewOf } from './view.ts';

/** The HTML of one page in one language. What it cites is known once it is made, so its endnotes come after it. */
export function renderPage(language: LanguageView, page: Page): string {
  const view = viewOf(language, page.path);
  const notes = new Notes();
  const body = String(<>{page.body(view, notes)}</>);
  const endnotes = String(<Endnotes view={view} notes={notes} />);
  const description = page.description?.(view);
  const html = (
    <Layout
      view={view}
      title={plainText(page.title(view))}
      {...(description ? { description } : {})}
      body={body + endnotes}
      frame={page.frame ?? 'page'}
      scripts={page.scripts ?? []}
      picture={page.picture}
    />
  );
  return `<!DOCTYPE html>\n${String(html)}\n`;
}
