import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { Name } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';

/** More names than these make no page; the pages from A to Z have them all. */
const MOST_NAMES = 3_000;

interface Kind {
  readonly title: (view: View) => string;
  readonly names: readonly { readonly path: string; readonly text: (view: View) => Text | undefined }[];
}

/** All names by kind, which a small script narrows down to what is typed. */
export function searchPages(site: Site): Page[] {
  const kinds = kindsOf(site).filter(({ names }) => names.length > 0);
  if (kinds.reduce((sum, { names }) => sum + names.length, 0) > MOST_NAMES) return [];
  return [
    {
      path: at.search,
      kind: 'search',
      scripts: ['search.js'],
      title: (view) => view.say('nav.search'),
      description: (view) => view.say('search.about'),
      body: (view) => (
        <>
          <h1>{view.say('nav.search')}</h1>
          <p class="standfirst">{view.say('search.about')}</p>
          <p class="needs-script" hidden>
            <label for="search">{view.say('search.label')}</label>{' '}
            <input id="search" type="search" autocomplete="off" spellcheck={false} />{' '}
            <span class="search-said" role="status" />
          </p>
          <div class="searched">
            {kinds.map(({ title, names }) => (
              <section>
                <h2>{title(view)}</h2>
                <ul class="index">
                  {names.map(({ path, text }) => (
                    <li>
                      <a href={view.href(path)}>
                        <Name view={view} of={text(view)} />
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </>
      ),
    },
  ];
}

function kindsOf(site: Site): readonly Kind[] {
  const { companies, services, methodology, findings } = site.edition;
  return [
    {
      title: (view) => view.say('ranking.services'),
      names: services.map(({ id }) => ({
        path: site.pageOf(id),
        text: (view) => view.texts.service(id, 'name'),
      })),
    },
    {
      title: (view) => view.say('ranking.company'),
      names: companies.map(({ id }) => ({
        path: site.pageOf(id),
        text: (view) => view.texts.company(id, 'name'),
      })),
    },
    {
      title: (view) => view.say('methodology.measures'),
      names: methodology.measures.map(({ id }) => ({
        path: at.measure(id),
        text: (view) => view.texts.measure(id, 'name'),
      })),
    },
    {
      title: (view) => view.say('findings.title'),
      names: findings.map(({ id }) => ({
        path: `${at.findings}#finding-${id}`,
        text: (view) => view.texts.finding(id, 'heading'),
      })),
    },
  ];
}
