import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../fault.ts';
import { readXml, type XmlLimits } from './readXml.ts';
import { writeXml } from './writeXml.ts';
import { childElement, childElements, textOf, type XmlElement, xmlElement } from './xmlElement.ts';

function refusal(text: string, limits?: Partial<XmlLimits>) {
  const result = settle(() => readXml(text, limits));
  return result.ok ? null : result.error;
}

/** An element without the lines it stands on. */
function plain({ name, attributes, children }: XmlElement): unknown {
  return [
    name,
    [...attributes],
    children.map((child) => (typeof child === 'string' ? child : plain(child))),
  ];
}

describe('reading', () => {
  test('gives elements, attributes and text in their order', () => {
    const root = readXml(
      '\uFEFF<?xml version="1.0"?><!DOCTYPE a><!-- no --><a x="1 &lt; 2">one<b:c/>t&amp;w<![CDATA[<o>]]><?pi no?>!<d>&#233;</d></a>',
    );
    expect(plain(root)).toEqual([
      'a',
      [['x', '1 < 2']],
      ['one', ['b:c', [], []], 't&w<o>!', ['d', [], ['é']]],
    ]);
    expect(textOf(root)).toBe('onet&w<o>!é');
    expect(childElements(root).map(({ name }) => name)).toEqual(['b:c', 'd']);
    expect(childElement(root, 'd')?.line).toBe(1);
  });

  test.each([
    ['an end that is missing', '<a>\n  <b></a>', 2, 10],
    ['an entity that nobody declared', '<a>\n\n &nbsp;</a>', 3, 8],
    ['an attribute that stands twice', '<a x="1" x="2"/>', 1, 15],
    ['no element', '', 1, 1],
    ['text that is no XML', 'TITLE: cut', 1, 11],
    ['an end before its time', '<a', 1, 3],
  ])('%s is named with its line and column', (_, text, line, column) => {
    const fault = refusal(text);
    expect(fault?.code).toBe('xml/malformed');
    expect(fault?.details).toMatchObject({ line });
    expect(fault?.message).toContain(`line ${line}, column ${column}`);
  });

  test('never expands or fetches what a document type declares', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
    );
    const billion = `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs.join('')}]><a>&l9;</a>`;
    expect(refusal(billion)?.code).toBe('xml/unsafe');
    const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(refusal(outside)?.code).toBe('xml/unsafe');
    expect(refusal('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x/"> %p;]><a/>')?.code).toBe(
      'xml/unsafe',
    );
    expect(refusal('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;</a>')?.code).toBe(
      'xml/malformed',
    );
  });

  test('stops at every limit', () => {
    expect(refusal('<a/>', { characters: 3 })?.code).toBe('xml/too-large');
    expect(refusal('<a>'.repeat(100_000))?.code).toBe('xml/too-deep');
    expect(refusal(`<a>${'<b/>'.repeat(20)}</a>`, { elements: 20 })?.code).toBe('xml/too-large');
    const attributes = Array.from({ length: 201 }, (_, index) => ` a${index}=""`).join('');
    expect(refusal(`<a${attributes}/>`)?.code).toBe('xml/too-large');
    expect(refusal(`<a x="${'y'.repeat(101)}"/>`, { text: 100 })?.code).toBe('xml/too-large');
    expect(
      refusal(`<a>${'y'.repeat(50)}<![CDATA[${'y'.repeat(51)}]]></a>`, { text: 100 })?.code,
    ).toBe('xml/too-large');
    expect(refusal(`<a>${'y'.repeat(500_000)}`, { text: 100 })?.code).toBe('xml/too-large');
  });

  test('of any text ends in a tree or a code', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      '=',
      '&',
      ';',
      '!',
      '-',
      '[',
      ']',
      '?',
      '<a>',
      '</a>',
      '<!DOCTYPE a',
      '<![CDATA[',
      '\u0000',
      '\uD800',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const fault = refusal(parts.join(''));
        expect([undefined, 'xml/malformed', 'xml/unsafe']).toContain(fault?.code);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing', () => {
  const name = fc.constantFrom('a', 'b', 'ns:c', '_d-1');
  const text = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((each) =>
      each.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ''),
    )
    .filter((each) => each !== '');
  const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
    tree: fc
      .record({
        name,
        attributes: fc.dictionary(name, text, { maxKeys: 3 }),
        children: fc.oneof(
          { maxDepth: 3 },
          fc.constant([]),
          fc.tuple(tie('tree'), text, tie('tree')),
          fc.tuple(text),
        ),
      })
      .map((each) => xmlElement(each.name, each.attributes, each.children)),
  }));

  test('reads back as it was', () => {
    fc.assert(
      fc.property(tree, (root) => {
        expect(plain(readXml(writeXml(root)))).toEqual(plain(root));
      }),
      { numRuns: 500 },
    );
  });

  test('indents elements, never text', () => {
    const root = xmlElement('a', { x: '1', y: undefined }, [
      xmlElement('b', {}, ['one ', xmlElement('c')]),
      xmlElement('d'),
    ]);
    expect(writeXml(root, { doctype: 'a', indent: 'elements' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a>\n<a x="1">\n    <b>one <c/></b>\n    <d/>\n</a>\n',
    );
  });

  test('replaces what XML cannot hold', () => {
    expect(writeXml(xmlElement('a', {}, ['\u0000\uD800ok\uFFFF']))).toContain(
      '<a>\uFFFD\uFFFDok\uFFFD</a>',
    );
  });
});
