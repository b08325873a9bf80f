import type { EditionMeta, Evidence } from '#edition/index';
import type { SiteFile } from './site.ts';

/** The metadata of a release as RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): what it is, whose, under which licence, and every file with its hash. */
export function roCrate(
  meta: EditionMeta,
  evidence: Evidence,
  files: readonly SiteFile[],
): Record<string, unknown> {
  const licence = `https://spdx.org/licenses/${encodeURIComponent(meta.licence)}`;
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' },
      },
      {
        '@id': './',
        '@type': 'Dataset',
        identifier: meta.id,
        name: meta.title,
        description: meta.summary ?? meta.title,
        datePublished: meta.released ?? meta['cut-off']?.date ?? '1970',
        license: { '@id': licence },
        ...(meta.publisher === undefined ? {} : { publisher: { '@id': '#publisher' } }),
        ...(evidence.head === undefined ? {} : { subjectOf: { '@id': '#ledger' } }),
        hasPart: files.map(({ path }) => ({ '@id': path })),
      },
      ...(meta.publisher === undefined
        ? []
        : [{ '@id': '#publisher', '@type': 'Organization', name: meta.publisher }]),
      { '@id': licence, '@type': 'CreativeWork', name: meta.licence },
      ...(evidence.head === undefined
        ? []
        : [
            {
              '@id': '#ledger',
              '@type': 'CreativeWork',
              name: `Ledger of the evidence, ${evidence.entries} entries`,
              identifier: `sha256:${evidence.head}`,
            },
          ]),
      ...files.map(({ path, bytes, sha256 }) => ({
        '@id': path,
        '@type': 'File',
        name: path.replace(/^.*\//, ''),
        encodingFormat: TYPES[path.replace(/^.*\./, '')] ?? 'application/octet-stream',
        contentSize: String(bytes),
        sha256,
      })),
    ],
  };
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sqlite: 'application/vnd.sqlite3',
  bib: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
  pdf: 'application/pdf',
  png: 'image/png',
};
