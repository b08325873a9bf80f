import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText } from './html-text.ts';

const read = (body: string) => htmlText(`<!doctype html><html><body>${body}</body></html>`);
const NOT = '<span class=x>not</span>';

describe('what a reader sees of a sentence', () => {
  it.each([
    // struck out
    ['del', 'We do <del>not</del> share.', 'We do share.', '[struck out]\nWe do not share.'],
    ['s', 'We do <s>not</s> share.', 'We do share.', '[struck out]\nWe do not share.'],
    ['strike', 'We do <strike>not</strike> share.', 'We do share.', '[struck out]\nWe do not share.'],
    [
      'line-through',
      '<p style="TEXT-DECORATION: underline line-through red">We share.</p>',
      '',
      '[struck out]\nWe share.',
    ],
    [
      'struck out further up',
      '<del>We <b style="text-decoration:none">never</b> share.</del>',
      '',
      '[struck out]\nWe never share.',
    ],
    [
      'del that is not struck out',
      'We do <del style="text-decoration:none">not</del> share.',
      'We do not share.',
      '',
    ],
    [
      'del that has a direction',
      'We do <del dir=ltr>not</del> share.',
      'We do share.',
      '[struck out]\nWe do not share.',
    ],
    ['ins', 'We do <ins>not</ins> share.', 'We do not share.', ''],
    // raised and lowered
    ['a power', '10<sup>3</sup> and 10<sup>−6</sup>', '10³ and 10⁻⁶', ''],
    ['a power in words', '2<sup>2k</sup>', '2^(2k)', ''],
    ['a fraction', '1<sup>1</sup>/<sub>2</sub>', '1¹/₂', ''],
    ['an index', 'CO<sub>2</sub> and x<sub>max</sub>', 'CO₂ and x_(max)', ''],
    [
      'an ordinal, a mark, a note',
      'the 1<sup>st</sup>, Acme<sup>®</sup>, so<sup>[2]</sup>',
      'the 1st, Acme®, so[2]',
      '',
    ],
    ['a note in a link', 'never<sup><a href=#n>7</a></sup>', 'never⁷', ''],
    ['raised by style', '10<span style="vertical-align:super">3</span>', '10³', ''],
    // quotations, ruby, direction
    ['q', 'They say <q>never</q>.', 'They say “never”.', ''],
    ['ruby', '<ruby>数据<rp>(</rp><rt>shùjù</rt><rp>)</rp></ruby>', '数据(shùjù)', ''],
    ['bdo', 'within <bdo dir=rtl>12</bdo> days', 'within \u202e12\u202c days', ''],
    [
      'override by style',
      'do <i style="unicode-bidi:bidi-override;direction:rtl">not</i>',
      'do \u202enot\u202c',
      '',
    ],
    ['an override in the text', 'do \u202enot\u202c', 'do \u202enot\u202c', ''],
    // pictures and icons
    ['img', 'Backups: <img src=x alt="Yes">', 'Backups: [Yes]', ''],
    ['img without words', 'a<img src=x alt="">b<img src=y>', 'ab', ''],
    ['svg', '<svg role=img aria-label="No"><path/></svg> Ads', '[No] Ads', ''],
    ['title of svg', '<svg><title>Yes</title><path/></svg> Ads', '[Yes] Ads', ''],
    ['text of svg', '<svg><text>41 requests</text></svg>', '41 requests', ''],
    ['icon', '<i class="fa" title="Allowed"></i> Ads', '[Allowed] Ads', ''],
    ['role img with text of its own', '<span role=img aria-label="check">✅</span> Ads', '✅ Ads', ''],
    ['input image', '<input type=image alt=Send>', '[Send]', ''],
    // states of forms
    ['checkbox', '<input type=checkbox checked> a <input type=checkbox> b', '☑ a ☐ b', ''],
    ['radio', '<input type=radio> a <input type=radio checked> b', '○ a ◉ b', ''],
    ['switch', '<span role=switch aria-checked=true></span> Ads', '☑ Ads', ''],
    ['select', '<select><option>30 days<option selected>90 days</select>', '90 days', ''],
    [
      'select of which nothing is chosen',
      '<select><option disabled>Choose<option>90 days</select>',
      '90 days',
      '',
    ],
    ['select of several', '<select multiple><option selected>a<option>b</select>', '☑ a, ☐ b', ''],
    [
      'fields',
      'after <input value=30> days<input type=password value=p><input type=hidden value=h>',
      'after 30 days',
      '',
    ],
    ['textarea', '<textarea>30 days\n at most</textarea>', '30 days\n at most', ''],
    ['meter', '<meter value=3 max=10>some</meter>', '[3/10]', ''],
    // what browsers show and do not
    ['details', '<details><summary>More</summary>inside</details>', 'More\ninside', ''],
    ['aria-hidden, inert', '<p aria-hidden=true inert>shown', 'shown', ''],
    [
      'popover, dialog',
      '<p popover>one</p><dialog>two</dialog><dialog open>three</dialog>',
      'three',
      'one\n\ntwo',
    ],
    ['noembed, noframes', '<noembed>one</noembed><noframes>two</noframes>x', 'x', 'onetwox'],
    ['xmp, plaintext', '<xmp><b>one</b></xmp><plaintext>two</p>', '<b>one</b>\n\ntwo</p></body></html>', ''],
    ['object', '<object data=x.svg>one</object><object>two</object>', 'two', 'onetwo'],
    ['video', 'a<video>one</video>', 'a', 'aone'],
    ['math', '<math><mn>10</mn><mo>&lt;</mo><mi>x</mi></math>', '10<x', ''],
    ['template', '<template>never</template>x', 'x', ''],
    [
      'frame in the page',
      '<iframe srcdoc="&lt;p&gt;We &lt;s&gt;never&lt;/s&gt; sell."></iframe>',
      'We sell.',
      '[struck out]\nWe never sell.',
    ],
    [
      'shadow tree',
      '<x-a><template shadowrootmode=closed><style>.n{display:none}</style><p>We <slot></slot> sell<b class=n>!</b>.</p><slot name=end>fallback</slot></template>never<i slot=end>End</i></x-a><b class=n>seen</b>',
      'We never sell.\n\nEndseen',
      'We never sell!.',
    ],
  ])('%s', (_, body, text, hidden) => {
    expect(read(body)).toMatchObject({ text, hidden });
  });
});

describe('what styles hide', () => {
  const HIDING = [
    'display:none',
    'DISPLAY : NONE !important',
    'display:/**/none',
    '/*x*/display:none',
    'display:n\\6fne',
    'd\\69splay:none',
    'visibility:hidden',
    'visibility:collapse',
    'opacity:0',
    'opacity:.01',
    'opacity:0%',
    'filter:opacity(0)',
    'filter:blur(9px)',
    'font-size:0',
    'font-size:.01px',
    'font-size:1px',
    'font:0/1 a',
    'color:transparent',
    'color:rgba(0,0,0,0)',
    'color:#0000',
    'color:#fff;background:#fff',
    'color:white;background-color:#fefefe',
    'background:rgb(255 255 255);color:hsl(0 0% 100%)',
    'color:#fff',
    '-webkit-text-fill-color:transparent',
    '-webkit-text-security:disc',
    'clip-path:inset(100%);position:absolute',
    'clip-path:inset(50%)',
    'clip-path:circle(0)',
    'clip-path:polygon(0 0,0 0,0 0)',
    'position:absolute;clip:rect(0 0 0 0)',
    'position:absolute;clip:rect(1px,1px,1px,1px)',
    'position:absolute;left:-9999px',
    'position:fixed;top:-200vh',
    'position:absolute;inset:-9999px auto auto 0',
    'position:relative;left:-999em',
    'margin-left:-9999px',
    'text-indent:-9999px',
    'text-indent:100%;overflow:hidden;white-space:nowrap',
    'height:0;overflow:hidden',
    'max-height:0;overflow:hidden',
    'width:1px;height:1px;overflow:hidden',
    'transform:scale(0)',
    'transform:translate(5px) scaleX(0)',
    'transform:matrix(0,0,0,0,0,0)',
    'transform:rotateY(90deg)',
    'transform:translateX(-9999px)',
    'scale:0',
    'rotate:x 90deg',
    'translate:-9999px',
    'zoom:0.01',
    'content-visibility:hidden',
    '--d:none;display:var(--d)',
    'display:var(--there-is-none, none)',
  ];
  it.each(HIDING)('inline: %s', (style) => {
    expect(read(`<p style="${style}">hidden</p>`)).toMatchObject({ text: '', hidden: 'hidden' });
  });
  it.each(HIDING)('in a style sheet: %s', (style) => {
    expect(read(`<style>.x{${style}}</style><div>We do ${NOT} share.</div>`)).toMatchObject({
      text: 'We do share.',
      hidden: 'We do not share.',
    });
  });
  it.each([
    'display:block',
    'opacity:.5',
    'font-size:9px',
    'color:#777',
    'color:#fff;background:#000',
    'color:#fff;background:url(x.png)',
    'background-image:linear-gradient(red,blue);color:transparent;-webkit-background-clip:text',
    'color:transparent;text-shadow:0 0 1px #000',
    'height:0',
    'height:100px;overflow:hidden',
    'position:absolute;left:-20px',
    'left:-9999px',
    'margin-left:-20px',
    'text-indent:-2em',
    'transform:translate(-50%,-50%)',
    'transform:rotate(90deg)',
    'clip-path:inset(10%)',
    'opacity:0;animation:fade-in 1s forwards',
    'visibility:hidden;visibility:visible',
    'position:absolute;color:#fff',
  ])('not: %s', (style) => {
    expect(read(`<p style="${style}">shown</p>`).text).toBe('shown');
  });
  it('makes visible again what says so, and nothing else', () => {
    expect(read('<p style="visibility:hidden">a <b style="visibility:visible">b</b></p>').text).toBe('b');
    expect(read('<p style="display:none">a <b style="display:block">b</b></p>').text).toBe('');
    expect(read('<p style="font-size:0">a <b style="font-size:12px">b</b></p>').text).toBe('b');
    expect(read('<p hidden style="display:block">b</p>').text).toBe('b');
    expect(read('<div style="background:#fff;color:#fff">a <b style="color:#000">b</b></div>').text).toBe(
      'b',
    );
  });
});

describe('style sheets of a page', () => {
  const shown = (css: string, body = `We do ${NOT} share.`) => read(`<style>${css}</style>${body}`).text;
  const [SHOWN, HIDDEN] = ['We do not share.', 'We do share.'];
  it.each([
    ['by class', '.x{display:none}', HIDDEN],
    ['by name and ancestor', 'html > body span{display:none}', HIDDEN],
    ['by attribute', 'span[class=x]{display:none}', HIDDEN],
    ['the more specific counts', 'body .x{display:none}.x{display:inline}', HIDDEN],
    ['the later counts', '.x{display:none}.x{display:inline}', SHOWN],
    ['the important counts', '.x{display:none!important}body .x{display:inline}', HIDDEN],
    ['not what is not matched', '.y{display:none}', SHOWN],
    ['not while nothing is pointed at', '.x:hover{display:none}', SHOWN],
    ['not in print', '@media print{.x{display:none}}', SHOWN],
    ['on a screen', '@media screen and (min-width:600px){.x{display:none}}', HIDDEN],
    ['not on a small screen', '@media (max-width: 600px){.x{display:none}}', SHOWN],
    ['not in the dark', '@media (prefers-color-scheme:dark){.x{display:none}}', SHOWN],
    ['where something is supported', '@supports (display:grid){.x{display:none}}', HIDDEN],
    ['rules in rules', 'body{color:red; & .x{display:none}}', HIDDEN],
    ['rules in rules without a sign', 'body{.x{display:none} color:red}', HIDDEN],
    ['a medium in a rule', '.x{@media screen{display:none}}', HIDDEN],
    ['layers', '@layer a,b;@layer b{.x{display:inline}}@layer a{span.x{display:none}}', SHOWN],
    ['what is in no layer', '.x{display:none}@layer b{body span.x{display:inline}}', HIDDEN],
    ['variables', ':root{--Hide:none}.x{display:var(--Hide)}', HIDDEN],
    [':is, :not, :where', ':is(p,span):not(.y):where(.x){display:none}', HIDDEN],
    [':has', 'body:has(.x) span{display:none}', HIDDEN],
    ['escapes in selectors', '.\\78{display:none}', HIDDEN],
    ['comments in selectors', '/* a */.x/**/{display:none}', HIDDEN],
    ['after something broken', '.y{;;color:;garbage}} .z{} .x{display:none}', HIDDEN],
    ['::before', '.x::before{content:"really "}', 'We do really not share.'],
    ['::after with an attribute', '.x:after{content:" (" attr(class) ")"}', 'We do not (x) share.'],
    ['::before that is hidden', '.x::before{content:"really";display:none}', SHOWN],
    ['content from a variable', '.x{--w:"really "}.x::before{content:var(--w)}', 'We do really not share.'],
    ['struck out', '.x{text-decoration-line:line-through}', HIDDEN],
  ])('%s', (_, css, text) => {
    expect(shown(css)).toBe(text);
  });
  it('give signs to lists', () => {
    const list = '<ul><li>Ads</li></ul>';
    expect(shown('ul{list-style-type:"✗ "}', list)).toBe('✗ Ads');
    expect(shown('ul{list-style:"✗ " inside}li{list-style:disc}', list)).toBe('Ads');
    expect(shown('li::marker{content:"✓ "}', list)).toBe('✓ Ads');
    expect(shown('li::before{content:"✗ "}', list)).toBe('✗ Ads');
  });
  it('break lines, or do not', () => {
    expect(shown('span{display:block}', '<span>a</span><span>b</span>')).toBe('a\nb');
    expect(shown('li{display:inline}', '<ul><li>a</li> <li>b</li></ul>')).toBe('a b');
    expect(shown('div{display:flex}', '<div><span>a</span><span>b</span></div>')).toBe('a\nb');
    expect(shown('p{white-space:pre-line}', '<p>a\nb</p>')).toBe('a\nb');
  });
  it('are not all known: it says so', () => {
    expect(read('<link rel=stylesheet href=a.css>x').unsure).toEqual(['style-sheets']);
    expect(read('<style>@import "a.css";</style>x').unsure).toEqual(['style-sheets']);
    expect(
      read('<link rel="alternate stylesheet" href=a.css><link rel=stylesheet media=print href=b.css>x')
        .unsure,
    ).toEqual([]);
    expect(read('<script>1</script><script type=module>1</script>').unsure).toEqual(['scripts']);
    expect(read('<script type="application/ld+json">{}</script>').unsure).toEqual([]);
    // Whether it is white on white depends on what is not known.
    expect(read('<link rel=stylesheet href=a.css><p style="color:#fff">x').text).toBe('x');
    expect(
      read('<link rel=stylesheet href=a.css><p style="color:#000;background:#00f"><a href=x>x</a>').text,
    ).toBe('x');
    expect(read('<p style="color:#000;background:#00e"><a href=x>x</a>').text).toBe('');
    expect(read('<noscript><style>p{display:none}</style></noscript><p>x').text).toBe('x');
  });
});

it('names the frames that hold text', () => {
  expect(
    read(
      '<iframe src="inner.html"></iframe><iframe src="about:blank"></iframe><iframe src=pixel.html width=1 height=1></iframe><p hidden><iframe src=no.html></iframe>',
    ).frames,
  ).toEqual(['inner.html']);
});

describe('the blocks of a page', () => {
  const blocks = (body: string) => {
    const { text, blocks: own } = read(body);
    return own.map(({ start, end, ...rest }) => ({ text: text.slice(start, end), ...rest }));
  };
  it('are its headings, items, cells and paragraphs', () => {
    expect(
      blocks(
        '<h2>We never <i>share</i></h2><p>One<br>two.</p>three<ul><li>a<ul><li>b <b>c</b></li></ul><li><p>d</p><p>e</p></ul>',
      ),
    ).toEqual([
      { text: 'We never share', kind: 'heading', level: 2 },
      { text: 'One\ntwo.', kind: 'paragraph' },
      { text: 'three', kind: 'paragraph' },
      { text: 'a', kind: 'item', level: 1 },
      { text: 'b c', kind: 'item', level: 2 },
      { text: 'd', kind: 'item', level: 1 },
      { text: 'e', kind: 'item', level: 1 },
    ]);
  });
  it('know the heads of their rows and columns', () => {
    expect(
      blocks(
        '<table><tr><th>Data<th>Sold<th>Kept</tr><tr><td rowspan=2>Name<td>Yes<td>No</tr><tr><td>Maybe<td>1</tr><tr><th>Mail<td colspan=2>Both</table>',
      ).map(({ text, heads }) => [text, heads]),
    ).toEqual([
      ['Data', undefined],
      ['Sold', ['Data']],
      ['Kept', ['Data']],
      ['Name', ['Data']],
      ['Yes', ['Name', 'Sold']],
      ['No', ['Name', 'Kept']],
      ['Maybe', ['Name', 'Sold']],
      ['1', ['Name', 'Kept']],
      ['Mail', ['Data']],
      ['Both', ['Mail', 'Sold']],
    ]);
  });
  const headsIn = (body: string) => blocks(body).map(({ text, heads = [] }) => [text, ...heads]);
  it.each([
    [
      'a caption',
      '<table><caption>c</caption><tr><th>h<tr><td>x</table>',
      [['c'], ['h', 'c'], ['x', 'h', 'c']],
    ],
    [
      'a summary',
      '<details><summary>s</summary>a<ul><li>b</ul></details>c',
      [['s'], ['a', 's'], ['b', 's'], ['c']],
    ],
    ['a legend', '<fieldset><legend>l</legend><h3>a</h3></fieldset>', [['l'], ['a', 'l']]],
    ['what stands below', '<figure><p>a</p><figcaption>f</figcaption></figure>', [['a', 'f'], ['f']]],
    [
      'the inner before the outer',
      '<details><summary>s</summary><dl><dt>t<dd>d</dl></details>',
      [['s'], ['t', 's'], ['d', 't', 's']],
    ],
    ['nothing that is hidden', '<details><summary hidden>s</summary>a</details>', [['a']]],
    [
      'nothing of the cell that a table stands in',
      '<table><tr><td>n<td><table><tr><td>a<td>b</table></table>',
      [['n'], ['a'], ['b', 'a']],
    ],
    [
      'the heads of the cell that a list stands in',
      '<table><tr><td>n<td><ul><li>a</ul></table>',
      [['n'], ['a', 'n']],
    ],
    [
      'the label in an item',
      '<ul><li>l:<p>a<ul><li>b</ul><p>c</ul>',
      [['l:'], ['a', 'l:'], ['b'], ['c', 'l:']],
    ],
    [
      'the nearest label',
      '<ul><li><p>l:<p>a<p>m:<p>b<li><p>c</ul>',
      [['l:'], ['a', 'l:'], ['m:'], ['b', 'm:'], ['c']],
    ],
    ['a bold row', '<table><tr><td><b>a</b><td><tr><td>x<td>y</table>', [['a'], ['x', 'a'], ['y', 'x']]],
    [
      'only the first bold row',
      '<table><tr><td><b>a</b><tr><td><b>b</b><td><b>c</b><tr><td><b>d</b><td><b>e</b></table>',
      [['a'], ['b', 'a'], ['c', 'b'], ['d', 'a – b'], ['e', 'd', 'c']],
    ],
    [
      'cells that reach down, to the row that they end at',
      '<table><tr><td>a<td rowspan=2>b<tr><td>c<tr><th>d<th rowspan=2>e<td>f<tr><td>g<td>h</table>',
      [['a'], ['b', 'a'], ['c'], ['d'], ['e', 'd'], ['f', 'd', 'e'], ['g'], ['h', 'g', 'e']],
    ],
  ])('know what names them: %s', (_, body, expected) => {
    expect(headsIn(body)).toEqual(expected);
  });
  it.each([
    ['<p><b>a</b></p><p>b', true],
    ['<p><strong>a</strong> <i><b>b?</b></i></p>c', true],
    ['<div style="font:italic 600 12px/1 serif">a</div>b', true],
    ['<style>.x{font-weight:bolder}</style><div class=x>a</div><table><tr><td>b</table>', true],
    ['<p><b>a</b></p><p><b>b</b></p><p>c', true],
    ['<p><b>a</b> b</p><p>c', false],
    ['<p><b>a.</b></p><p>b', false],
    ['<p><b>a:</b></p><p>b', false],
    ['<p><b>什么。</b></p><p>b', false],
    ['<p><b>1</b></p><p>b', false],
    ['<p><b>a</b></p>', false],
    ['<p><b>a</b></p><p><b>b</b></p>', false],
    ['<p><b>a</b></p><h2>b</h2>', false],
    ['<p><b>a</b></p><ul><li>b</ul>', false],
    [`<p><b>${'a'.repeat(121)}</b></p><p>b`, false],
    ['<b style="font-weight:normal">a</b><p>b', false],
    ['<style>b{font:12px serif}</style><p><b>a</b><p>b', false],
    ['<ul><li><b>a</b></ul><p>b', false],
  ])('are headings where short lines are bold: %s', (body, isHeading) => {
    expect(blocks(body)[0]?.kind === 'heading').toBe(isHeading);
  });
  it('cover the text, in order', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const { text, blocks: own } = htmlText(html);
        let at = 0;
        for (const { start, end } of own) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });
});

const pieces =
  '<p>|</p>|<b>|</b>|<i style="display:none">|<del>|</del>|<table>|<tr>|<td rowspan=3>|<th>|</table>|<li>|<ul>|</ul>|<sup>|3|<q>|<bdo dir=rtl>|</bdo>|<select>|<option>|<svg>|<text>|<title>|<template shadowrootmode=open>|</template>|<slot>|<x-a>|<iframe srcdoc="<p>a">|</iframe>|<style>|.x{display:none}|.x::before{content:"|{|}|@media|@layer a{|:has(|:not(:is(|&|var(--x)|--x:var(--x);|</style>|<div class=x style="--x:var(--x);color:var(--x)">|</div>|<pre>|\n|   |a|never|\u202e|\0|&amp|&#x0;|<!--|-->|<![CDATA[|<plaintext>|<frameset>|<math>|<mi>|<annotation-xml>|<h1>|<br>|<img alt=x>|<input type=checkbox>|<details>|<form>|<object>|<noscript>|</x>|<body a=b>|<caption>|<col>|<summary>|<figure>|<figcaption>|<legend>|<fieldset>|<b>x</b>|x:'.split(
    '|',
  );
const markup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((own) => own.join(''));

describe('whatever a page is made of', () => {
  it('there is a text, the same every time', () => {
    fc.assert(
      fc.property(markup, (html) => {
        expect(htmlText(html)).toEqual(htmlText(html));
      }),
      { numRuns: 500 },
    );
  });

  const times = (part: string, characters = 2_000_000) => part.repeat(characters / part.length);
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => make(index)).join('');
  const sheet = (css: string) =>
    `<style>${css}</style>${times('<div class="a b"><p class=c>x</p></div>', 400_000)}`;
  it.each([
    ['spaces in pre', `<pre>a${times(' ')}x</pre>`],
    ['crossed tags', times('<b></b><i></x>')],
    ['crossed tags in tables', times('<table><b>x</x>')],
    ['closing nothing', `${times('<i>', 60_000)}${times('</x>')}`],
    ['open formatting', `${many(5000, (own) => `<b id=x${own}>`)}${times('</p><p>')}`],
    ['what has no place in a table', `<table>${times('x<b>y</b>')}`],
    ['attributes', `<a ${many(200_000, (own) => `a${own} `)}>`],
    ['bodies', many(100_000, (own) => `<body a${own}>`)],
    ['raised within raised', `${times('<sup>', 100_000)}x`],
    ['tables within tables', times('<table><tr><th>x', 300_000)],
    ['bold within bold', `${times('<b>x', 100_000)}`],
    ['bold lines', times('<p><b>x</b>', 1_500_000)],
    ['names within names', times('<details><summary>x</summary><p>y', 500_000)],
    ['captions', `<figure>${times('<figcaption>x</figcaption><p>y', 1_500_000)}`],
    ['labels', `<ul><li>${times('<p>x:<p>y', 1_500_000)}`],
    ['rows of heads', `<table>${times('<tr><th>x', 1_500_000)}`],
    ['heads in a row', `<table><tr>${times('<th>x<td>y', 1_500_000)}`],
    ['high cells', `<table>${times('<tr><td rowspan=60000>x', 1_500_000)}`],
    ['wide and high cells', `<table>${times('<tr><td colspan=1000 rowspan=60000>x', 1_000_000)}`],
    [
      'slots',
      `<x-a><template shadowrootmode=open>${times('<slot></slot>', 300_000)}</template>${times('<b>x</b>', 100_000)}</x-a>`,
    ],
    [
      'shadow trees',
      times('<x-a><template shadowrootmode=open><style>.a{color:red}</style><slot></slot></template>x</x-a>'),
    ],
    ['frames', times('<iframe srcdoc="<p>x"></iframe>')],
    ['selectors', sheet(many(5000, (own) => `.a .c:not(.y${own}){display:none}`))],
    [
      'ancestors',
      `${sheet(times('div p div p div p q .c{opacity:0}', 200_000))}${times('<div><p>', 20_000)}`,
    ],
    ['siblings', sheet(times('div ~ div ~ div ~ q ~ *{opacity:0}', 200_000))],
    [':has', sheet(times('div:has(q){opacity:0}', 200_000))],
    [':nth-child', sheet(times('*:nth-child(7n+1 of .q){opacity:0}', 200_000))],
    [
      'variables in variables',
      sheet(`.a{${many(20_000, (own) => `--x${own}:var(--x${own + 1})var(--x${own + 1});`)}color:var(--x0)}`),
    ],
    ['rules in rules', sheet(times('.a{'))],
    ['braces', sheet(times('{'))],
    ['brackets', sheet(times(':is('))],
    ['comments', sheet(times('/*'))],
    ['strings', sheet(times('.a::before{content:"'))],
    ['declarations', sheet(`.a{${times('color:red;')}}`)],
    ['inline styles', many(100_000, (own) => `<p style="left:${own}px;color:rgb(${own})">x`)],
    ['numbers', times(`<p style="left:${'1'.repeat(1500)}px;transform:${'scale('.repeat(200)}">x`)],
  ])(
    'it ends soon: %s',
    (_, html) => {
      const before = process.cpuUsage();
      try {
        htmlText(html);
      } catch (error) {
        expect(String(error)).toMatch(/document (?:opens|has) more than|too tangled/);
      }
      const { user } = process.cpuUsage(before);
      // In seconds of work, so that it does not matter what else the machine does.
      expect(user / 1e6).toBeLessThan(5);
    },
    60_000,
  );
});
