import { describe, expect, it } from 'vitest';
import { numberedLines, redactionPreview } from './redaction-preview.ts';
import { redact, seal, sealedText } from './seal.ts';

const TEXT = 'Dear 🦜,\n\nWe do.\nWe never sell data.\nKind regards\nJane';
const quote = (id: string, exact: string, context = 64) => {
  const points = [...TEXT];
  const start = [...TEXT.slice(0, TEXT.indexOf(exact))].length;
  const end = start + [...exact].length;
  return {
    id,
    source: 's',
    text: 'root',
    start,
    end,
    exact,
    prefix: points.slice(Math.max(0, start - context), start).join(''),
    suffix: points.slice(end, end + context).join(''),
  };
};

describe('what would go with lines of a letter', () => {
  it('is shown line by line, with the quotes that stand there or keep something of it', () => {
    const quotes = [
      quote('do', 'We do.', 3),
      quote('sell', 'We never sell data.', 14),
      quote('jane', 'Jane', 0),
    ];
    expect(redactionPreview(TEXT, 'root', quotes, [[5, 6]])).toEqual({
      lines: [
        { number: 5, text: 'Kind regards' },
        { number: 6, text: 'Jane' },
      ],
      broken: ['jane'],
      blackened: ['sell'],
    });
    expect(redactionPreview(TEXT, 'another', quotes, [[5, 6]])).toMatchObject({ broken: [], blackened: [] });
  });

  it('counts lines as redaction does', () => {
    for (const { number, text } of numberedLines(TEXT)) {
      const lines = sealedText(redact(seal(TEXT), number, number)).split('\n');
      expect(lines[number - 1]).toBe('█'.repeat([...text].length));
    }
    expect(() => redactionPreview(TEXT, 'root', [], [[6, 7]])).toThrow('The letter has lines 1 to 6.');
  });
});
