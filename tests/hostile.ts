import { type Edition, evidenceOf } from '#edition/index';

const LONG = 'W'.repeat(10_000);
const SCRIPT = '<script>alert(1)</script>';
const OVERRIDE = '\u202Egnp.exe\u202C\u202Enever closed';
const HEBREW = 'שלום (1) <b>x</b>';

/** Texts that must be found again on a page, as they are. */
export const HOSTILE_TEXTS = {
  company: [SCRIPT, OVERRIDE, HEBREW, LONG],
  prose: [
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    LONG,
    '"><script>alert(2)</script>',
    '{{constructor}}',
  ],
};

const PROSE = [
  'Tags: <img src=x onerror=alert(1)> and "><script>alert(2)</script> and {{constructor}}.',
  '[click](javascript:alert(1)) [data](data:text/html,x) ![picture](https://example.org/tracker.png) [fine](https://example.org/?a=1&b="2)',
  '<https://example.org/"onmouseover="alert(1)> [ref]: javascript:alert(1)',
  `${LONG}`,
  '| a | b |\n|:--|--:|\n| <svg onload=alert(1)> | `</code><script>` |',
  'مرحبا (Apple) ‮turned',
  '# Heading\n\n###### Deep\n\n1) one\n\n> quote <iframe src="https://example.org">',
].join('\n\n');

/** The edition of 2016 with texts that try everything. */
export function hostileEdition(edition: Edition): Edition {
  const [first, second, third, fourth] = edition.companies;
  if (!first || !second || !third || !fourth) throw new Error('Four companies are needed.');
  const names = [
    { ...first, name: `${SCRIPT} ${OVERRIDE}`, note: `${HEBREW} ${LONG}`, headquarters: '"><img src=x>' },
    { ...second, name: LONG },
    { ...third, name: '&lt;b&gt; &amp; "quoted" \'single\'' },
    { ...fourth, name: HEBREW, country: '' },
  ];
  return {
    ...edition,
    meta: {
      ...edition.meta,
      title: `Ranking ${SCRIPT} ${OVERRIDE}`,
      contact: 'javascript:alert(1)',
      publisher: `<b>${'P'.repeat(500)}</b>`,
      'does-not-say': [SCRIPT, HEBREW, LONG],
    },
    companies: [...names, ...edition.companies.slice(4)],
    services: edition.services.map((service, index) =>
      index === 0 ? { ...service, name: `${OVERRIDE}${LONG}`, kind: `${SCRIPT}, ${LONG}` } : service,
    ),
    assessments: edition.assessments.map((assessment) =>
      assessment.unit === 'apple'
        ? {
            ...assessment,
            introduction: PROSE,
            sections: assessment.sections.map((section) => ({ ...section, text: PROSE })),
          }
        : assessment,
    ),
    sources: edition.sources.map((source, index) => ({
      ...source,
      ...(index % 3 === 0 ? { title: `${source.title} ${SCRIPT} ${index === 0 ? LONG : ''}` } : {}),
      ...(index % 3 === 1 ? { URL: 'javascript:alert(1)' } : {}),
      ...(index % 3 === 2 ? { URL: `https://user:pass@example.org/"><script>${'a'.repeat(3000)}` } : {}),
    })),
    correspondence: edition.correspondence.map((letter) => ({ ...letter, about: PROSE, outcome: LONG })),
    findings: edition.findings.map((finding, index) =>
      index === 0 ? { ...finding, heading: `${SCRIPT} ${LONG}`, text: PROSE, claims: [] } : finding,
    ),
    prose: { background: PROSE, method: PROSE, recommendations: PROSE, correspondence: PROSE },
    quotes: [
      {
        id: 'hostile',
        source: 'whatsapp-one-billion-2016',
        text: 'ab'.repeat(32),
        start: 0,
        end: 1,
        exact: `${SCRIPT} ${OVERRIDE} ${LONG}`,
        prefix: `</blockquote>${HEBREW}`,
        suffix: '<img src=x onerror=alert(1)>',
        note: SCRIPT,
      },
    ],
    searches: [
      {
        unit: first.id,
        measure: 'informs-users',
        date: '2016-01-02',
        where: `${SCRIPT} ${LONG}`,
        words: OVERRIDE,
        note: HEBREW,
      },
    ],
    evidence: evidenceOf([
      {
        name: '',
        chain: 'ef'.repeat(32),
        fixed: 1,
        entries: [
          {
            kind: 'capture',
            number: 0,
            previous: '0'.repeat(64),
            time: '2016-01-02T00:00:00.000Z',
            source: 'whatsapp-one-billion-2016',
            manifest: 'cd'.repeat(32),
            text: 'ab'.repeat(32),
            verdict: 'ok',
          },
        ],
      },
    ]),
  };
}
