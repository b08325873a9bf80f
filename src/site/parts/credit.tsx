import type { View } from '../view.ts';
import { T } from './text.tsx';

/** Whose assessment it is: above the headline, on cards and in embeds. */
export function Credit({ view }: { view: View }) {
  return view.texts.credit ? (
    <p class="credit">
      <T view={view} of={view.texts.credit} />
    </p>
  ) : null;
}
