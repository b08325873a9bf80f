/** Collects the text of a document: breaks are only written when something follows them, and never more than two. */
export interface TextWriter {
  text(text: string): void;
  /** At least so many line ends before what follows. */
  breakLine(number: 1 | 2): void;
  /** A line end that somebody typed. */
  line(): void;
  end(): string;
}

export function makeTextWriter(): TextWriter {
  const parts: string[] = [];
  let breaks = 0;
  let started = false;
  return {
    text(text) {
      if (text === '') return;
      if (started && breaks > 0) parts.push('\n'.repeat(breaks));
      parts.push(text);
      breaks = 0;
      started = true;
    },
    breakLine(number) {
      breaks = Math.max(breaks, number);
    },
    line() {
      breaks = Math.min(2, breaks + 1);
    },
    end: () =>
      parts
        .join('')
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .replaceAll('\0', '\uFFFD'),
  };
}
