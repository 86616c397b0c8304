import { describe, expect, it } from 'vitest';
import type { Block, Chapter, ChapterRole, Manuscript, Paragraph } from '../manuscript.ts';
import { buildEpub, type EpubInput } from './buildEpub.ts';

let count = 0;
function paragraph(text: string): Paragraph {
  count += 1;
  return { kind: 'paragraph', id: `p${count}`, inlines: [{ kind: 'text', text }] };
}

function chapter(title: string, role?: ChapterRole, blocks: Block[] = [paragraph(title)]): Chapter {
  count += 1;
  return { id: `c${count}`, title, ...(role !== undefined && { role }), blocks };
}

function book(chapters: Chapter[], metadata: Partial<Manuscript['metadata']> = {}): Manuscript {
  return {
    metadata: {
      title: 'Harbour',
      authors: ['Ann'],
      language: 'en',
      identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
      ...metadata,
    },
    chapters,
  };
}

function filesOf(manuscript: Manuscript, more: Partial<EpubInput> = {}): Map<string, string> {
  const input = { manuscript, modified: '2025-10-14T12:00:00Z', pictures: new Map(), ...more };
  return new Map([...buildEpub(input)].map(({ path, content }) => [path, String(content)]));
}

const opfOf = (files: Map<string, string>) => files.get('EPUB/package.opf') ?? '';
const picture = (more: object): Block => ({
  kind: 'image',
  id: `i${++count}`,
  source: 'a.png',
  alt: '',
  ...more,
});
const PICTURES: EpubInput['pictures'] = new Map([
  [
    'a.png',
    { bytes: new Uint8Array(3), mediaType: 'image/png', extension: 'png', widthPx: 1, heightPx: 1 },
  ],
]);

describe('navigation', () => {
  it('puts the chapters of a part below it, and the back matter beside it', () => {
    const nav = filesOf(
      book([
        chapter('Foreword', 'foreword'),
        chapter('Part One', 'part'),
        chapter('One'),
        chapter('Two'),
        chapter('Part Two', 'part'),
        chapter('Three'),
        chapter('Thanks', 'acknowledgments'),
      ]),
    ).get('EPUB/nav.xhtml');
    const toc = /<nav epub:type="toc"[\s\S]*?<\/nav>/.exec(nav ?? '')?.[0] ?? '';
    let depth = 0;
    const outline = [...toc.matchAll(/<(\/?)ol>|<a href="[^"]*">([^<]*)/g)].flatMap(
      ([tag, isClosing, label]) => {
        if (tag.endsWith('ol>')) depth += isClosing === '/' ? -1 : 1;
        return label === undefined ? [] : [`${depth} ${label}`];
      },
    );
    expect(outline).toEqual([
      '1 Foreword',
      '1 Part One',
      '2 One',
      '2 Two',
      '1 Part Two',
      '2 Three',
      '1 Thanks',
    ]);
  });

  it('names the places of the book and begins the story at its first chapter', () => {
    const nav = filesOf(book([chapter('Foreword', 'foreword'), chapter('One')])).get(
      'EPUB/nav.xhtml',
    );
    expect(nav).toContain('<a epub:type="foreword" href="text/chapter-0001.xhtml">');
    expect(nav).toContain('<a epub:type="bodymatter" href="text/chapter-0002.xhtml">');
    expect(nav).toContain('<a epub:type="copyright-page" href="text/copyright.xhtml">');
  });

  it('lists the pages of the printed edition, marked where they begin', () => {
    const text = paragraph('First. Second.');
    const files = filesOf(book([chapter('One', 'chapter', [text])]), {
      printed: {
        source: '978-3-16-148410-0',
        pageStarts: new Map([
          [`${text.id}.0`, '1'],
          [`${text.id}.1`, '2'],
        ]),
      },
    });
    const mark = `<span epub:type="pagebreak" role="doc-pagebreak" id="page-${text.id}.1" aria-label="2"></span>Second.`;
    expect(files.get('EPUB/text/chapter-0001.xhtml')).toContain(mark);
    expect(files.get('EPUB/nav.xhtml')).toContain(
      `<li><a href="text/chapter-0001.xhtml#page-${text.id}.1">2</a></li>`,
    );
    expect(files.get('EPUB/toc.ncx')).toContain('<pageTarget id="page-2" type="normal" value="2"');
    const opf = opfOf(files);
    expect(opf).toContain('<meta property="pageBreakSource">urn:isbn:9783161484100</meta>');
    expect(opf).toContain('>pageBreakMarkers<');
    expect(opfOf(filesOf(book([chapter('One')])))).not.toContain('pageBreak');
  });
});

describe('large chapters', () => {
  it('are divided between blocks, with their notes and links beside the text that calls them', () => {
    const blocks: Block[] = Array.from({ length: 200 }, (_, index) => ({
      ...paragraph('word '.repeat(800)),
      inlines: [
        { kind: 'text', text: 'word '.repeat(800) },
        { kind: 'note', id: `n${index}`, blocks: [paragraph(`Note ${index}`)] },
      ],
    }));
    const late: Block = {
      kind: 'heading',
      id: 'late',
      level: 1,
      inlines: [{ kind: 'text', text: 'Late' }],
    };
    const files = filesOf(book([chapter('Long', 'chapter', [...blocks, late])]));
    const pages = [...files].filter(([path]) => path.includes('/chapter-0001'));
    expect(pages.length).toBeGreaterThan(2);
    let notes = 0;
    for (const [path, page] of pages) {
      expect(page.length).toBeLessThan(310_000);
      expect(opfOf(files)).toContain(path.replace('EPUB/', 'href="'));
      const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
      notes += page.match(/role="doc-footnote"/g)?.length ?? 0;
    }
    expect(notes).toBe(200);
    expect(pages.map(([, page]) => page).join('')).toContain('role="doc-noteref">200</a>');
    const last = pages.at(-1)?.[0].replace('EPUB/', '');
    expect(files.get('EPUB/nav.xhtml')).toContain(`<a href="${last}#late">Late</a>`);
  });
});

describe('metadata', () => {
  it('names those who helped by their MARC codes, and the series in both its forms', () => {
    const opf = opfOf(
      filesOf(
        book([chapter('One')], {
          contributors: [{ name: 'B & C', role: 'translator' }],
          series: { name: 'Lamps', number: 2.5 },
          subjects: ['Sea', 'Lamps & co'],
        }),
      ),
    );
    expect(opf).toContain('<dc:contributor id="contributor-1">B &amp; C</dc:contributor>');
    expect(opf).toContain(
      '<meta refines="#contributor-1" property="role" scheme="marc:relators">trl</meta>',
    );
    expect(opf).toContain('<meta property="belongs-to-collection" id="series">Lamps</meta>');
    expect(opf).toContain('<meta refines="#series" property="group-position">2.5</meta>');
    expect(opf).toContain('<meta name="calibre:series_index" content="2.5"/>');
    expect(opf).toContain('<dc:subject>Lamps &amp; co</dc:subject>');
  });

  it('claims of pictures only what is true', () => {
    const access = (blocks: Block[]) => {
      const manuscript = book([chapter('One', 'chapter', blocks)]);
      const opf = opfOf(filesOf(manuscript, { pictures: PICTURES }));
      return {
        visual: opf.includes('"schema:accessMode">visual<'),
        textIsEnough: opf.includes('"schema:accessModeSufficient">textual<'),
        described: opf.includes('>alternativeText<'),
        conforms: opf.includes('EPUB Accessibility 1.1 - WCAG 2.1 Level AA'),
      };
    };
    const clean = { textIsEnough: true, described: true, conforms: true };
    expect(access([paragraph('Text.')])).toEqual({ visual: false, ...clean });
    expect(access([picture({ alt: 'A lamp' })])).toEqual({ visual: true, ...clean });
    expect(access([picture({ decorative: true })])).toEqual({ visual: false, ...clean });
    expect(access([picture({ alt: 'A lamp' }), picture({ alt: ' ' })])).toEqual({
      visual: true,
      textIsEnough: false,
      described: false,
      conforms: false,
    });
  });

  it('sums up in the language of the book what it holds', () => {
    const blocks = [picture({ alt: 'Lampe' })];
    const manuscript = book([chapter('Eins', 'chapter', blocks)], { language: 'de-AT' });
    const opf = opfOf(filesOf(manuscript, { pictures: PICTURES }));
    expect(opf).toMatch(
      /accessibilitySummary" xml:lang="de-AT">Gegliederter Text .* Alle Bilder sind beschrieben\.</,
    );
    const inFinnish = opfOf(filesOf(book([chapter('Yksi')], { language: 'fi' })));
    expect(inFinnish).toContain('accessibilitySummary" xml:lang="en">Structured text');
  });

  it('passes decoration over in silence', () => {
    const page = filesOf(book([chapter('One', 'chapter', [picture({ decorative: true })])]), {
      pictures: PICTURES,
    }).get('EPUB/text/chapter-0001.xhtml');
    expect(page).toContain('alt="" role="presentation"');
  });
});

describe('direction', () => {
  it('turns pages from the right for Arabic, and for vertical lines', () => {
    const spine = (files: Map<string, string>) => /<spine[^>]*>/.exec(opfOf(files))?.[0];
    const rtl = '<spine toc="ncx" page-progression-direction="rtl">';
    expect(spine(filesOf(book([chapter('One')])))).toBe('<spine toc="ncx">');
    expect(spine(filesOf(book([chapter('واحد')], { language: 'ar' })))).toBe(rtl);
    const japanese = book([chapter('一')], { language: 'ja' });
    expect(spine(filesOf(japanese))).toBe('<spine toc="ncx">');
    const vertical = filesOf(japanese, { isVertical: true });
    expect(spine(vertical)).toBe(rtl);
    expect(vertical.get('EPUB/css/book.css')).toContain('writing-mode: vertical-rl');
  });
});
