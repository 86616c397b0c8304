import { describe, expect, it } from 'vitest';
import { BookStyles } from './bookStyles.ts';
import { findElement, readHtml } from './htmlTree.ts';

function look(css: string, html: string, tag = 'span') {
  const styles = new BookStyles();
  styles.add(css);
  const root = readHtml(html);
  const ancestors = [];
  for (let at = root; ; ) {
    const target = findElement(root, tag);
    if (target === undefined || at === target)
      return target ? styles.lookOf(target, ancestors) : null;
    ancestors.push(at);
    const next = at.children.find(
      (child) => typeof child !== 'string' && findElement(child, tag) === target,
    );
    if (next === undefined || typeof next === 'string') return null;
    at = next;
  }
}

const SPAN = '<div class="a" id="i"><p><span class="b c" epub:type="x y">text</span></p></div>';

describe('BookStyles', () => {
  it.each([
    ['.b { font-style: italic }', { italic: true }],
    ['span.b.c { FONT-WEIGHT: 700 !important }', { bold: true }],
    ['.a .b { font-variant: small-caps }', { smallCaps: true }],
    ['#i > p > span { text-decoration: underline }', { underline: true, strike: false }],
    ['span[epub|type~="y"] { vertical-align: super }', { script: 'super' }],
    ['p, span { text-align: right }', { align: 'end' }],
    ['/* .b { font-style: italic } */ @media screen { .b { display: none } }', { hidden: true }],
    ['@media print { .b { display: none } } .c { font-weight: bold }', { bold: true }],
    ['.a > .b { font-style: italic } .b:hover, .b + .b { font-weight: bold }', {}],
    ['.b { font-style: italic } span { font-style: normal }', { italic: true }],
    ['.b { font-style: italic } .c { font-style: normal }', { italic: false }],
    [
      '@import url(http://example.org/x.css); @font-face { font-style: italic } .b { color: red',
      {},
    ],
  ])('%s', (css, expected) => {
    expect(look(css, SPAN)).toEqual(expected);
  });
});
