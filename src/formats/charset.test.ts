import { describe, expect, it } from 'vitest';
import { decodeText } from './charset.ts';
import { declaredInMarkup } from './charset-in-markup.ts';

/** Texts in single bytes, as programs of their countries write them: made with a table, since Node only decodes. */
function encode(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return Uint8Array.from([...text], (letter) => table.get(letter) ?? 0x3f);
}

describe('a character set that nothing declares', () => {
  it.each([
    [
      'windows-1251',
      'Компания;Хранение данных;Срок\nАльфа;Данные удаляются после закрытия учётной записи;30 дней',
    ],
    [
      'windows-1252',
      'Nous ne vendons jamais vos données à des tiers, même après la fermeture du compte. Les requêtes reçues sont publiées chaque année.',
    ],
    [
      'windows-1253',
      'Δεν πουλάμε ποτέ τα δεδομένα σας σε τρίτους, ούτε μετά το κλείσιμο του λογαριασμού σας.',
    ],
    [
      'windows-1255',
      'איננו מוכרים את המידע האישי שלך לצד שלישי, והודעות נמחקות בתוך שלושים יום מסגירת החשבון',
    ],
    ['windows-1256', 'لا نبيع بياناتك الشخصية لأي طرف ثالث ونحذف الرسائل بعد ثلاثين يوما من إغلاق الحساب'],
  ])('%s is guessed, or one that has the same letters, and it is said', (label, text) => {
    const { charset, ...decoded } = decodeText(encode(text, label));
    expect(decoded).toMatchObject({ text, replaced: 0 });
    expect(decoded.remarks).toEqual([expect.stringContaining(`was read as ${charset}`)]);
  });

  it.each([
    [
      'Shift_JIS',
      '8cc2906c8fee95f182f091e68e4f8ed282c992f18b9f82b582dc82b982f18142',
      '個人情報を第三者に提供しません。',
      'shift_jis',
    ],
    [
      'GBK',
      'ced2c3c7b2bbbbe1cff2b5dac8fdb7bdcce1b9a9c4fab5c4b8f6c8cbd0c5cfa2a1a3',
      '我们不会向第三方提供您的个人信息。',
      'gb18030',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('We keep data for ten years.', 'utf16le').toString('hex'),
      'We keep data for ten years.',
      'utf-16le',
    ],
  ])('%s', (_, hex, text, charset) => {
    expect(decodeText(Buffer.from(hex, 'hex'))).toMatchObject({ text, charset });
  });

  it('one damaged byte makes UTF-8 no other set', () => {
    const bytes = Buffer.concat([
      Buffer.from('Mësimi është i gjatë, dhe përfundon këtu: ëëëëëëëëë'),
      Uint8Array.of(0xff),
      Buffer.from(' fund'),
    ]);
    expect(decodeText(bytes)).toMatchObject({
      charset: 'utf-8',
      replaced: 1,
      remarks: [expect.stringContaining('1 of its characters')],
    });
  });
});

describe('a character set that somebody says', () => {
  it('overrides everything', () => {
    const bytes = Buffer.concat([Buffer.from('<meta charset="utf-8">'), Uint8Array.of(0xcf)]);
    expect(decodeText(bytes, { contentType: 'text/html; charset=utf-8', charset: 'cp1251' })).toMatchObject({
      charset: 'windows-1251',
      text: '<meta charset="utf-8">П',
    });
    expect(() => decodeText(bytes, { charset: 'klingon' })).toThrow('there is no character set “klingon”');
  });

  it.each([
    ['<html><head><meta charset=koi8-r>', 'koi8-r'],
    ['<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Big5">', 'Big5'],
    [`<!--${'x'.repeat(5000)}--><meta charset='euc-jp'>`, 'euc-jp'],
    [
      '<!-- <meta charset=a> --><script>"<meta charset=b>"</script><title><meta charset=c></title><meta charset=d>',
      'd',
    ],
    ['<meta name=description content="charset=x"><meta charset=y>', 'y'],
    ['<meta charset="utf-16">', 'utf-8'],
    ['<?xml version="1.0" encoding="windows-1250"?><a/>', 'windows-1250'],
    ['<p>charset=x</p><metacharset=y>', undefined],
    ['<!-- <meta charset=a>', undefined],
    ['<script><meta charset=a>', undefined],
  ])('in the document: %s', (html, charset) => {
    expect(declaredInMarkup(Buffer.from(html))).toBe(charset);
  });
});
