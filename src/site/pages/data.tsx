import { TABLES } from '#tables/index';
import { at } from '../addresses.ts';
import { bibtex, type CiteItem, citeText, cslJson, ris } from '../cite.ts';
import { formatDate } from '../dates.ts';
import { escapeMarkup } from '../escape.ts';
import type { Page } from '../page.ts';
import { plainText, printable, T } from '../parts/text.tsx';
import type { Site, SiteFile } from '../site.ts';
import { tableHtml } from '../take-away.ts';
import { ASSAY_VERSION } from '../version.ts';
import type { View } from '../view.ts';

/** Everything there is to take away: files with checksums, what their columns mean, how to cite, what to embed. */
export function dataPages(): Page[] {
  return [
    {
      path: at.data,
      kind: 'data',
      title: (view) => view.say('nav.data'),
      body: (view) => <Data view={view} />,
    },
  ];
}

function Data({ view }: { view: View }) {
  const { site, say } = view;
  const { meta } = site.edition;
  return (
    <>
      <h1>{say('nav.data')}</h1>
      <p class="standfirst">
        {say('data.about')} {say('about.licence')} {printable(meta.licence)}.
      </p>
      <ul class="downloads">
        {(
          [
            ['data/edition.xlsx', 'data.spreadsheet'],
            ['data/csv.zip', 'data.tables'],
            ['data/edition.sqlite', 'data.database'],
            ['data/edition.zip', 'data.everything'],
          ] as const
        ).flatMap(([path, key]) => {
          const file = site.files.find((own) => own.path === path);
          return file
            ? [
                <li>
                  <a href={view.file(path)} download>
                    <b>{say(`${key}`)}</b>
                  </a>{' '}
                  <small>
                    {path.split('/').at(-1)}, {sizeText(view, file.bytes)}
                  </small>
                  <br />
                  {say(`${key}-about`)}
                </li>,
              ]
            : [];
        })}
      </ul>
      <Reproduce view={view} />
      <h2 id="cite">{say('data.cite')}</h2>
      <Cite view={view} />
      <h2 id="embed">{say('data.embed')}</h2>
      <Embed view={view} />
      <h2 id="files">{say('data.files')}</h2>
      <p>{say('data.csv-as-it-is')}</p>
      <details>
        <summary>{say('data.all-files', { count: site.files.length })}</summary>
        <Files view={view} />
      </details>
      <p>
        {say('data.checksums')} <a href={view.file('SHA256SUMS')}>SHA256SUMS</a>
      </p>
      <h2 id="dictionary">{say('data.dictionary')}</h2>
      <p>{say('data.dictionary-about')}</p>
      {TABLES.map((table) => (
        <details id={`table-${table.name}`}>
          <summary>
            <code>{table.name}</code> <T view={view} of={{ value: table.about, language: 'en' }} />
          </summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('data.column')}</th>
                <th scope="col">{say('data.type')}</th>
                <th scope="col">{say('data.meaning')}</th>
              </tr>
            </thead>
            <tbody>
              {table.columns.map((column) => (
                <tr>
                  <th scope="row">
                    <code>{column.name}</code>
                  </th>
                  <td>{say(`type.${column.type}`)}</td>
                  <td>
                    <T view={view} of={{ value: column.about, language: 'en' }} />
                    {column.refersTo ? (
                      <>
                        {' → '}
                        <code>{column.refersTo}</code>
                      </>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </>
  );
}

/** Three commands that compute the ranking again from what can be downloaded here, and what must come out. */
function Reproduce({ view }: { view: View }) {
  const { site, say } = view;
  const ranking = site.files.find(({ path }) => path === 'data/ranking.csv');
  if (!ranking) return null;
  return (
    <>
      <h2 id="reproduce">{say('data.reproduce')}</h2>
      <p>{say('data.reproduce-about', { version: ASSAY_VERSION })}</p>
      <pre dir="ltr">
        <code>
          {[
            'unzip edition.zip -d edition',
            'npm run -s assay -- verify edition',
            'npm run -s assay -- export edition -o data && sha256sum data/ranking.csv',
          ].join('\n')}
        </code>
      </pre>
      <p>
        {say('data.expected')} <code class="hash">{ranking.sha256}</code>
      </p>
    </>
  );
}

function Files({ view }: { view: View }) {
  const { site, say } = view;
  const main = site.files.filter((file) => !file.path.endsWith('.csv'));
  const csv = site.files.filter((file) => file.path.endsWith('.csv'));
  const tables = new Map(TABLES.map(({ name, about }) => [`data/${name}.csv`, about]));
  const row = (file: SiteFile) => (
    <tr>
      <th scope="row">
        <a href={view.file(file.path)}>{file.path.split('/').at(-1)}</a>
      </th>
      <td>
        {tables.has(file.path) ? (
          <T view={view} of={{ value: tables.get(file.path) ?? '', language: 'en' }} />
        ) : (
          say(`file.${kindOf(file.path)}`)
        )}
      </td>
      <td class="number">{sizeText(view, file.bytes)}</td>
      <td>
        <code class="hash">{file.sha256}</code>
      </td>
    </tr>
  );
  return (
    <section class="scroll" tabindex={0} aria-labelledby="files">
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">{say('data.file')}</th>
            <th scope="col">{say('data.what')}</th>
            <th scope="col">{say('data.size')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {main.map(row)}
          <tr>
            <th scope="row">
              <a href={view.file(`${site.edition.meta.id}.zip`)}>{site.edition.meta.id}.zip</a>
            </th>
            <td>{say('file.zip')}</td>
            <td />
            <td>{say('data.in-checksums')}</td>
          </tr>
          {csv.map(row)}
        </tbody>
      </table>
    </section>
  );
}

function kindOf(path: string) {
  const name = path.split('/').at(-1) ?? '';
  if (name === 'datapackage.json') return 'datapackage';
  if (name.startsWith('citation.')) return 'citation';
  if (name.startsWith('sources.') && !name.endsWith('.csv')) return 'sources';
  const extension = name.split('.').at(-1);
  switch (extension) {
    case 'csv':
    case 'json':
    case 'xlsx':
    case 'sqlite':
    case 'pdf':
    case 'png':
    case 'svg':
      return extension;
    default:
      return 'other';
  }
}

function sizeText(view: View, bytes: number): string {
  if (bytes < 1000) return view.say('size.bytes', { size: bytes });
  if (bytes < 1_000_000) return view.say('size.kilobytes', { size: Math.round(bytes / 1000) });
  return view.say('size.megabytes', { size: Math.round(bytes / 100_000) / 10 });
}

/** How the edition is cited. */
export function citeItem(site: Site): CiteItem {
  const { meta } = site.edition;
  const issued = meta.released ?? meta['cut-off']?.date;
  return {
    id: meta.id,
    title: meta.title,
    ...(meta.publisher ? { publisher: meta.publisher } : {}),
    ...(issued ? { issued } : {}),
    ...(meta.credit ? { note: meta.credit } : {}),
    ...(site.url ? { URL: site.url } : {}),
    licence: meta.licence,
  };
}

function Cite({ view }: { view: View }) {
  const { say, site } = view;
  const item = citeItem(site);
  return (
    <>
      <p>
        <T view={view} of={view.texts.original(citeText(item))} />
      </p>
      <p>{say('data.cite-page')}</p>
      {(
        [
          ['BibTeX', bibtex(item)],
          ['RIS', ris(item)],
          ['CSL-JSON', cslJson(item)],
        ] as const
      ).map(([name, text]) => (
        <details>
          <summary>{name}</summary>
          <pre dir="ltr">
            <code>
              {printable(
                text
                  .split('\n')
                  .map((line) => line.trimEnd())
                  .join('\n')
                  .trimEnd(),
              )}
            </code>
          </pre>
        </details>
      ))}
      {site.edition.meta.released ? (
        <p>{say('corrections.released', { date: formatDate(site.edition.meta.released, view.language) })}</p>
      ) : null}
    </>
  );
}

function Embed({ view }: { view: View }) {
  const { say, site } = view;
  const folder = view.language === site.languages[0] ? '' : `${view.language}/`;
  const address = `${site.url ?? 'https://…/'}${folder}${at.embed}`;
  const frame = `<iframe src="${address}" title="${escapeMarkup(plainText(view.texts.title.value))}" width="100%" height="640" loading="lazy"></iframe>`;
  return (
    <>
      <p>
        {say('data.embed-about')} <a href={view.href(at.embed)}>{say('data.embed-see')}</a>
      </p>
      <p>
        <label for="embed-frame">{say('data.embed-frame')}</label>
      </p>
      <textarea id="embed-frame" rows={3} readonly dir="ltr" spellcheck={false}>
        {frame}
      </textarea>
      <p>
        <label for="embed-table">{say('data.embed-table')}</label>
      </p>
      <textarea id="embed-table" rows={8} readonly dir="ltr" spellcheck={false}>
        {tableHtml(view)}
      </textarea>
    </>
  );
}
