import type { Finding } from '#edition/index';
import type { CheckedClaim } from '#tables/index';
import { at } from '../addresses.ts';
import { citeText } from '../cite.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Distribution } from '../parts/distribution.tsx';
import { Prose } from '../parts/prose.tsx';
import { plainText, printable, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { citeItem } from './data.tsx';

/** The findings, each figure with the query that gives it and what that query returns. */
export function findingsPages(site: Site): Page[] {
  if (site.edition.findings.length === 0) return [];
  const leads = site.edition.findings.filter(({ lead }) => lead);
  const themes = Map.groupBy(
    site.edition.findings.filter(({ lead }) => !lead),
    ({ theme }) => theme,
  );
  return [
    {
      path: at.findings,
      kind: 'findings',
      title: (view) => view.say('findings.title'),
      body: (view, notes) => (
        <>
          <h1>{view.say('findings.title')}</h1>
          <p class="standfirst">{view.say('findings.about', { count: site.claims.length })}</p>
          {leads.map((finding) => (
            <FindingText view={view} notes={notes} finding={finding} />
          ))}
          {[...themes].map(([theme, findings]) => (
            <section class="theme">
              {theme === '' ? null : (
                <h2 class="theme">
                  <T view={view} of={view.texts.theme(theme)} />
                </h2>
              )}
              {findings.map((finding) => (
                <FindingText view={view} notes={notes} finding={finding} below={theme !== ''} />
              ))}
            </section>
          ))}
        </>
      ),
    },
  ];
}

function FindingText({
  view,
  notes,
  finding,
  below = false,
}: {
  view: View;
  notes: Notes;
  finding: Finding;
  below?: boolean;
}) {
  const { site, say, texts } = view;
  const Heading = below ? 'h3' : 'h2';
  const chart = site.measure(finding.chart ?? '');
  const own = site.claims.filter((claim) => claim.finding === finding.id);
  // A query may stand behind several figures of a finding; it is shown once.
  const claims = [...new Map(own.map((claim) => [claim.claim.id, claim])).values()];
  return (
    <article {...(finding.lead ? { class: 'lead' } : {})}>
      <Heading id={`finding-${finding.id}`}>
        <T view={view} of={texts.finding(finding.id, 'heading')} />
      </Heading>
      <Prose view={view} notes={notes} of={texts.finding(finding.id, 'text')} finding={finding.id} />
      {chart ? <Distribution view={view} measure={chart} /> : null}
      {finding.undecided.length > 0 ? (
        <ul>
          {finding.undecided.map(({ figure, reason }) => (
            <li>
              {say('finding.undecided-figure')} “<T view={view} of={texts.original(figure)} />
              ”: <T view={view} of={texts.original(reason)} />
            </li>
          ))}
        </ul>
      ) : null}
      <Quotable view={view} finding={finding} />
      {claims.length > 0 ? (
        <details>
          <summary>{say('finding.data', { count: claims.length })}</summary>
          {claims.map((claim) => (
            <ClaimData view={view} claim={claim} />
          ))}
        </details>
      ) : null}
    </article>
  );
}

/** A sentence to copy, with where it comes from. */
function Quotable({ view, finding }: { view: View; finding: Finding }) {
  const { site, say, texts } = view;
  const address = site.url === undefined ? '' : ` ${site.url}${at.findings}#finding-${finding.id}`;
  const heading = plainText(texts.finding(finding.id, 'heading')?.value ?? finding.heading);
  return (
    <details>
      <summary>{say('finding.cite')}</summary>
      <textarea rows={3} readonly spellcheck={false} aria-label={say('finding.cite')}>
        {`${heading}. ${citeText(citeItem(site))}${address}`}
      </textarea>
    </details>
  );
}

function ClaimData({ view, claim: { finding, claim, found } }: { view: View; claim: CheckedClaim }) {
  const { say } = view;
  return (
    <section id={`claim-${finding}-${claim.id}`} class="claim">
      <h4>
        “<T view={view} of={view.texts.original(claim.figure)} />”
      </h4>
      <p>
        {say('finding.found', { count: found?.length ?? 0 })}{' '}
        <strong>{printable((found ?? []).join(', '))}</strong>
      </p>
      <pre dir="ltr">
        <code>{printable(claim.sql)}</code>
      </pre>
    </section>
  );
}
