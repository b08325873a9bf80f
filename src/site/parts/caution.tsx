import { fewLimits } from '#edition/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { AsOf } from './as-of.tsx';
import { T } from './text.tsx';

/** What a reader must know before reading on: up to when it holds, and what it does not say. It stands under the heading. */
export function Caution({ view }: { view: View }) {
  const { texts, say } = view;
  const limits = fewLimits(texts.doesNotSay).slice(0, 2);
  return (
    <aside class="caution" aria-label={say('caution.label')}>
      <p>
        <strong>
          <AsOf view={view} />
        </strong>{' '}
        {texts.warning ? (
          <T view={view} of={texts.warning} />
        ) : (
          limits.map((limit) => (
            <>
              <T view={view} of={limit} />{' '}
            </>
          ))
        )}{' '}
        {view.path === at.rely ? null : <a href={view.href(at.rely)}>{say('rely.title')}</a>}
      </p>
    </aside>
  );
}
