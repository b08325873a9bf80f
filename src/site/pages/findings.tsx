import type { Finding } from '#edition/index';
import type { CheckedClaim } from '#tables/index';
import { at } from '../addresses.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Prose } from '../parts/prose.tsx';
import { printable, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** The findings, each figure with the query that gives it and what that query returns. */
export function findingsPages(site: Site): Page[] {
  if (site.edition.findings.length === 0) return [];
  return [
    {
      path: at.findings,
      kind: 'findings',
      title: (view) => view.say('findings.title'),
      body: (view, notes) => (
        <>
          <h1>{view.say('findings.title')}</h1>
          <p class="standfirst">{view.say('findings.about', { count: site.claims.length })}</p>
          <nav aria-label={view.say('findings.title')}>
            <ol>
              {site.edition.findings.map((finding) => (
                <li>
                  <a href={`#finding-${finding.id}`}>
                    <T view={view} of={view.texts.finding(finding.id, 'heading')} />
                  </a>
                </li>
              ))}
            </ol>
          </nav>
          {site.edition.findings.map((finding) => (
            <FindingText view={view} notes={notes} finding={finding} />
          ))}
        </>
      ),
    },
  ];
}

function FindingText({ view, notes, finding }: { view: View; notes: Notes; finding: Finding }) {
  const { site, say, texts } = view;
  const own = site.claims.filter((claim) => claim.finding === finding.id);
  // A query may stand behind several figures of a finding; it is shown once.
  const claims = [...new Map(own.map((claim) => [claim.claim.id, claim])).values()];
  return (
    <article>
      <h2 id={`finding-${finding.id}`}>
        <T view={view} of={texts.finding(finding.id, 'heading')} />
      </h2>
      <Prose view={view} notes={notes} of={texts.finding(finding.id, 'text')} finding={finding.id} />
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

function ClaimData({ view, claim: { finding, claim, found } }: { view: View; claim: CheckedClaim }) {
  const { say } = view;
  return (
    <section id={`claim-${finding}-${claim.id}`} class="claim">
      <h3>
        “<T view={view} of={view.texts.original(claim.figure)} />”
      </h3>
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
