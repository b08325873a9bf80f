import type { Child } from 'hono/jsx';
import type { Notes } from './notes.ts';
import type { View } from './view.ts';

/** One page of the site; the same in every language. */
export interface Page {
  readonly path: string;
  /** What sort of page it is: one function makes all of a kind. */
  readonly kind: string;
  readonly frame?: 'page' | 'embed' | 'report';
  /** Whether it loads the script that sorts tables in place. */
  readonly script?: boolean;
  title(view: View): string;
  description?(view: View): string;
  body(view: View, notes: Notes): Child;
}
