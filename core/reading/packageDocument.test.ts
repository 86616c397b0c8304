import { describe, expect, it } from 'vitest';
import { readNavigation } from './navigation.ts';
import { clockSeconds, readOverlay } from './mediaOverlay.ts';
import { readPackage } from './packageDocument.ts';
import { readerCss, readerDocument } from './readerCss.ts';
import { resolveBookLink } from './bookPath.ts';

const PACKAGE = `<?xml version="1.0"?>
<opf:package xmlns:opf="http://www.idpf.org/2007/opf" unique-identifier="b" version="3.0">
<opf:metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="a">first</dc:identifier><dc:identifier id="b"> urn:x </dc:identifier>
<dc:title id="t1">Subtitle</dc:title><dc:title id="t2" dir="rtl">Main</dc:title>
<opf:meta refines="#t2" property="title-type">main</opf:meta>
<dc:language>he</dc:language><dc:creator id="c1">Second</dc:creator><dc:creator id="c2">First</dc:creator>
<opf:meta refines="#c1" property="display-seq">2</opf:meta><opf:meta refines="#c2" property="display-seq">1</opf:meta>
<opf:meta property="rendition:layout">pre-paginated</opf:meta>
</opf:metadata>
<opf:manifest>
<opf:item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<opf:item id="x" href="data.xml" media-type="application/xml" fallback="one"/>
<opf:item id="one" href="text/one%20page.xhtml" media-type="application/xhtml+xml"/>
<opf:item id="s" href="scripted.xhtml" media-type="application/xhtml+xml" properties="scripted" fallback="one"/>
<opf:item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
<opf:item id="loop" href="l.bin" media-type="x/y" fallback="loop"/>
</opf:manifest>
<opf:spine><opf:itemref idref="x" id="i1"/><opf:itemref idref="s" linear="no" properties="rendition:layout-reflowable page-spread-left"/><opf:itemref idref="gone"/><opf:itemref idref="loop"/><opf:itemref idref="none"/></opf:spine>
</opf:package>`;

describe('a package', () => {
  const read = readPackage(PACKAGE, 'OPS/package.opf', (path) => !path.includes('gone'));

  it('is read for what it says, whatever its prefixes', () => {
    expect(read.identifier).toBe('urn:x');
    expect(read.title).toEqual({ text: 'Main', language: null, direction: 'rtl' });
    expect(read.creators).toEqual(['First', 'Second']);
    expect(read.direction).toBe('rtl');
    expect(read.navPath).toBe('OPS/nav.xhtml');
  });

  it('shows fallbacks, and leaves out what is missing or leads in a circle', () => {
    expect(
      read.spine.map((item) => [item.path, item.layout, item.linear, item.side, item.cfi]),
    ).toEqual([
      ['OPS/text/one page.xhtml', 'pre-paginated', true, null, 'epubcfi(/6/2[i1])'],
      ['OPS/text/one page.xhtml', 'reflowable', false, 'left', 'epubcfi(/6/4)'],
    ]);
  });
});

it('reads contents with headings and pictures', () => {
  const nav = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:e="x"><body><nav e:type="toc"><ol><li><span>Part</span><ol><li><a href="a.xhtml#b"><img alt="A  picture"/></a></li></ol></li></ol></nav></body></html>`;
  expect(readNavigation(nav, 'x/nav.xhtml').contents).toEqual([
    {
      label: 'Part',
      path: null,
      fragment: null,
      children: [{ label: 'A picture', path: 'x/a.xhtml', fragment: 'b', children: [] }],
    },
  ]);
});

it.each([
  ['a.xhtml', 'x/a.xhtml'],
  ['../../../../etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['%2e%2e/a', 'a'],
  ['http://x/', null],
  ['//x/y', null],
  ['javascript:1', null],
  ['%', null],
])('resolves %s to %s', (href, path) => {
  expect(resolveBookLink(href, 'x/from.xhtml')?.path ?? null).toBe(path);
});

it.each([
  ['0:00:01.5', 1.5],
  ['1:02:03', 3_723],
  ['02:03', 123],
  ['12s', 12],
  ['300ms', 0.3],
  ['2min', 120],
  ['x', null],
  ['', null],
])('reads the clock value %s', (text, seconds) => {
  expect(clockSeconds(text)).toBe(seconds);
});

it('reads what is read aloud, with sound and without', () => {
  const smil =
    '<smil xmlns="http://www.w3.org/ns/SMIL"><body><par><text src="../a.xhtml#s1"/><audio src="v.mp3" clipBegin="1s" clipEnd="2s"/></par><par><text src="../a.xhtml#s2"/></par></body></smil>';
  expect(readOverlay(smil, 'OPS/smil/a.smil')).toEqual([
    {
      textPath: 'OPS/a.xhtml',
      fragment: 's1',
      audioPath: 'OPS/smil/v.mp3',
      beginSeconds: 1,
      endSeconds: 2,
    },
    { textPath: 'OPS/a.xhtml', fragment: 's2', audioPath: null, beginSeconds: 0, endSeconds: null },
  ]);
});

it('makes style ready for pages on a screen, and touches nothing else', () => {
  expect(readerCss('p{-epub-hyphens:auto;page-break-before:always;height:50vh;margin:-.5vw}')).toBe(
    'p{hyphens:auto;break-before: column;height:calc(var(--page-h, 1vh) * 50);margin:calc(var(--page-w, 1vw) * -.5)}',
  );
  const page =
    '<p class="page-break-after: always" style="page-break-after: always">page-break-after: always 50vh</p>';
  expect(readerDocument(page)).toBe(
    '<p class="page-break-after: always" style="break-after: column">page-break-after: always 50vh</p>',
  );
});
