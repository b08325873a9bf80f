import { describe, expect, it } from 'vitest';
import { sentencesAround } from './sentences.ts';

/** The sentence of a text in which a passage stands. */
function sentenceOf(text: string, passage: string) {
  const start = text.indexOf(passage);
  const found = sentencesAround(text, { start: 0, end: text.length }, { start, end: start + passage.length });
  return text.slice(found.start, found.end);
}

describe('the sentence of a passage', () => {
  it.each([
    ['One. We keep no logs. Two.', 'keep no', 'We keep no logs.'],
    ['One. We keep no logs. Two.', 'We keep no logs.', 'We keep no logs.'],
    ['We keep logs! Do you? No.', 'Do you', 'Do you?'],
    ['We keep\nno logs. Two.', 'no logs', 'We keep\nno logs.'],
    ['1.5 GB are kept. Two.', 'kept', '1.5 GB are kept.'],
    ['記録を残しません。以上。', '残し', '記録を残しません。'],
    ['हम डेटा नहीं बेचते। धन्यवाद।', 'डेटा', 'हम डेटा नहीं बेचते।'],
    ['لا نبيع البيانات؟ نعم.', 'نبيع', 'لا نبيع البيانات؟'],
  ])('ends where it ends: %s', (text, passage, sentence) => {
    expect(sentenceOf(text, passage)).toBe(sentence);
  });

  it.each([
    ['We do not let Acme Inc. Germany share your data.', 'share'],
    ['We let no one, e.g. Facebook, share it.', 'share'],
    ['Not even in the U.S. Government offices is it read.', 'read'],
    ['Nicht nach Art. 17 Abs. 2 DSGVO wird gelöscht.', 'gelöscht'],
    ['Wir geben nie, z. B. Werbern, Ihre Daten.', 'Ihre Daten'],
    ['Nicht Dr. Meier bzw. Frau Schmitt liest mit.', 'liest'],
    ['Nous ne laissons pas M. Dupont lire.', 'lire'],
    ['No permitimos que Acme S.A. Datos lea nada, p. ej. Correos.', 'Correos'],
    ['Não deixamos o Sr. Silva ler.', 'ler'],
    ['Non lasciamo che Acme S.p.A. Dati legga.', 'legga'],
    ['Niet dhr. Jansen of Acme B.V. Data leest mee.', 'leest'],
    ['Мы не даём данных, т. е. Писем, никому.', 'никому'],
    ['Не только в г. Москве мы храним.', 'храним'],
    ['Verilerinizi örn. Google ile paylaşmayız.', 'paylaşmayız'],
    ['Nie dajemy danych np. Google.', 'Google'],
    ['Rule No. 5 never applies to J. R. Smith.', 'Smith'],
    ['See para. 3 of Sec. Nine before you never ask.', 'ask'],
  ])('goes on after an abbreviation: %s', (text, passage) => {
    expect(sentenceOf(text, passage)).toBe(text);
  });

  it.each([
    ['We never sell it to Acme Inc. We delete it.', 'sell', 'We never sell it to Acme Inc.'],
    [
      'Wir verkaufen nichts an die Acme AG usw. Wir löschen es.',
      'nichts',
      'Wir verkaufen nichts an die Acme AG usw.',
    ],
    ['It is the state of the art. The rest is old.', 'state', 'It is the state of the art.'],
    ['We keep no logs. [ref 83af]', 'keep', 'We keep no logs.'],
  ])('may end with one: %s', (text, passage, sentence) => {
    expect(sentenceOf(text, passage)).toBe(sentence);
  });

  it.each(['*', '†', '¹', '[3]', '”', '.*'])('takes what clings to its end: %s', (mark) => {
    expect(sentenceOf(`One. We keep no logs.${mark} Two.`, 'We keep no logs.')).toBe(
      `We keep no logs.${mark}`,
    );
    expect(sentenceOf(`One. We keep no logs.${mark} Two.`, 'Two.')).toBe('Two.');
  });

  it('is whole, however long', () => {
    const long = `We do not, ${'in this country and in that one, '.repeat(300)}share your data.`;
    expect(sentenceOf(`One. ${long} Two.`, 'share your data')).toBe(long);
  });

  it('is found in any text in little time', () => {
    for (const unit of ['A. ', 'a. ', 'Inc. ', '. ', 'a', ' ', ')', '[1]', 'z. B. ']) {
      const text = `${unit.repeat(100_000)}We keep no logs.${unit.repeat(100_000)}`;
      const started = performance.now();
      expect(sentenceOf(text, 'keep no logs')).toContain('keep no logs');
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});
