import { describe, expect, it } from 'vitest';
import { epubStyle } from './epubStyle.ts';

/** What the converters of the large shops and e-readers of ten years ago take without a word. */
const PROPERTIES = new Set(
  [
    'margin margin-top margin-bottom margin-left margin-right padding padding-top padding-bottom padding-left padding-right',
    'text-indent text-align text-decoration letter-spacing line-height vertical-align white-space',
    'font-size font-weight font-style font-variant font-family border border-top border-bottom border-collapse',
    'width height max-width max-height float display list-style opacity widows orphans',
    'page-break-before page-break-after page-break-inside break-before break-after break-inside',
    'hyphens -webkit-hyphens -epub-hyphens writing-mode -webkit-writing-mode -epub-writing-mode',
  ]
    .join(' ')
    .split(' '),
);
const SELECTOR = /^(?:[a-z][a-z0-9]*)?(?:\.[a-z][a-z-]*)?$/;
const VALUE =
  /^(?:0|-?\d+(?:\.\d+)?(?:em|%|px|vh)?|auto|none|normal|italic|bold|small-caps|monospace|underline|solid|left|right|center|justify|top|super|avoid|always|page|manual|inherit|collapse|pre-wrap|inline-block|vertical-rl)$/;

type Rule = { selectors: string[]; declarations: [property: string, value: string][] };

/** Reads a style sheet that has nothing but plain rules; refuses everything else. */
function rulesOf(css: string): Rule[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').trim();
  const rules: Rule[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^([^{}@]+)\{([^{}]*)\}\s*/.exec(rest);
    if (match === null) throw new Error(`No plain rule: ${rest.slice(0, 60)}`);
    const [all, selectors = '', body = ''] = match;
    rules.push({
      selectors: selectors.split(',').map((selector) => selector.trim()),
      declarations: body
        .split(';')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => {
          const at = line.indexOf(':');
          return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
        }),
    });
    rest = rest.slice(all.length);
  }
  return rules;
}

describe('the style sheet of an EPUB', () => {
  it.each([
    ['ltr', false],
    ['rtl', false],
    ['ltr', true],
  ] as const)('keeps to what shops accept: %s, vertical %s', (direction, isVertical) => {
    const rules = rulesOf(epubStyle({ direction, isVertical }));
    expect(rules.length).toBeGreaterThan(40);
    for (const { selectors, declarations } of rules) {
      for (const selector of selectors)
        for (const part of selector.split(/ \+ | /)) expect(part).toMatch(SELECTOR);
      expect(declarations.length).toBeGreaterThan(0);
      for (const [property, value] of declarations) {
        expect([...PROPERTIES]).toContain(property);
        for (const part of value.split(' ')) expect(part).toMatch(VALUE);
      }
    }
  });

  it('leaves font, colours and the size of text to the reader', () => {
    const declarations = rulesOf(epubStyle({ direction: 'ltr', isVertical: false })).flatMap(
      (rule) => rule.declarations,
    );
    const names = declarations.map(([property]) => property);
    expect(names).not.toContain('color');
    expect(names).not.toContain('background');
    const sizes = declarations.filter(([property]) => property === 'font-size');
    for (const [, size] of sizes) expect(size).toMatch(/em$/);
    const families = declarations.filter(([property]) => property === 'font-family');
    expect(new Set(families.map(([, family]) => family))).toEqual(new Set(['monospace']));
  });

  it('turns its sides with the script', () => {
    const arabic = epubStyle({ direction: 'rtl', isVertical: false });
    expect(arabic).toContain('p.end, td.end, th.end { text-align: left;');
    expect(arabic).toContain('ul, ol { margin: 1em 0; padding-right: 2em; }');
  });
});
