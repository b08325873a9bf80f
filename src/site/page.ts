import type { Child } from 'hono/jsx';
import type { Notes } from './notes.ts';
import type { View } from './view.ts';

/** One page of the site; the same in every language. */
export interface Page {
  readonly path: string;
  /** What sort of page it is: one function makes all of a kind. */
  readonly kind: string;
  readonly frame?: 'page' | 'embed' | 'report';
  /** The scripts it loads, by their file in assets: conveniences, without which the page says the same. */
  readonly scripts?: readonly string[];
  /** The file of its picture for social media, without language and ending; the picture of the ranking if it has none. */
  readonly picture?: string;
  title(view: View): string;
  description?(view: View): string;
  body(view: View, notes: Notes): Child;
}
