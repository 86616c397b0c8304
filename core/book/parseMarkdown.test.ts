import { describe, expect, it } from 'vitest';
import { chapterSchema } from './manuscript.ts';
import { parseMarkdown, parseMarkdownBlocks } from './parseMarkdown.ts';
import { chapterText } from './words.ts';

function counter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `b${count}`;
  };
}

const parse = (text: string) => parseMarkdown(text, counter());
const titles = (text: string) => parse(text).chapters.map((chapter) => chapter.title);
const lossCodes = (text: string) => parse(text).losses.map((loss) => loss.code);

describe('parseMarkdown chapters', () => {
  it('starts a chapter at each level-1 heading and keeps lower headings inside', () => {
    const { chapters, metadata } = parse('# One\n\na\n\n## Section\n\nb\n\n# Two\n\nc');
    expect(chapters.map((chapter) => chapter.title)).toEqual(['One', 'Two']);
    expect(chapters[0]?.blocks[1]).toMatchObject({ kind: 'heading', level: 1 });
    expect(metadata.title).toBeUndefined();
  });

  it('takes an only level-1 heading above chapter headings as the book’s title', () => {
    const { chapters, metadata } = parse('# My Book\n\n## One\n\na\n\n### Part\n\n## Two\n\nb');
    expect(metadata.title).toBe('My Book');
    expect(chapters.map((chapter) => chapter.title)).toEqual(['One', 'Two']);
    expect(chapters[0]?.blocks[1]).toMatchObject({ kind: 'heading', level: 1 });
  });

  it('takes it as a chapter when text follows, or the front matter has another title', () => {
    expect(titles('# One\n\ntext\n\n## Section\n\nmore')).toEqual(['One']);
    expect(titles('---\ntitle: Book\n---\n\n# One\n\n## Section\n\nmore')).toEqual(['One']);
  });

  it('takes the highest heading level where there is no level 1', () => {
    expect(titles('## One\n\na\n\n## Two\n\nb')).toEqual(['One', 'Two']);
  });

  it('keeps text above the first heading, and a document without headings', () => {
    expect(titles('Epigraph.\n\n# One\n\na')).toEqual(['', 'One']);
    expect(titles('Just text.')).toEqual(['']);
    expect(titles('')).toEqual([]);
  });

  it('reads front matter and says which of its lines it could not use', () => {
    const { metadata, losses, chapters } = parse(
      '---\ntitle: "A: B"\nauthors:\n  - Ann\n  - Bo\nlang: pt-BR\ndate: 2025-13-01\ncolour: blue\n---\n# One\n\nText',
    );
    expect(metadata).toEqual({ title: 'A: B', authors: ['Ann', 'Bo'], language: 'pt-BR' });
    expect(losses.map((loss) => loss.where)).toEqual(['line 8', 'line 7']);
    expect(chapters).toHaveLength(1);
  });

  it('takes a thematic break at the top for what it is', () => {
    expect(parse('---\n\nText.\n\n---\n\nMore.').chapters[0]?.blocks[0]?.kind).toBe('scene-break');
  });
});

describe('parseMarkdown text', () => {
  it('loses no word of what it cannot carry, and names it', () => {
    const source = [
      '# One <b>bold</b> *title*',
      '',
      '<div>kept words</div>',
      '',
      '| a | b |',
      '|---|---|',
      '| cell one | cell two |',
      '',
      'Text [local](other.md) and ![alt words](x.png "caption words") after.',
      '',
      'Called[^1] and again[^1] and undefined[^9].',
      '',
      '[^1]: note words',
      '[^2]: orphan words',
    ].join('\n');
    const { chapters, losses } = parse(source);
    const text = chapters.map((chapter) => `${chapter.title}\n${chapterText(chapter)}`).join('\n');
    for (const words of [
      'One bold title',
      'kept words',
      'cell one',
      'cell two',
      'local',
      'caption words',
      'after.',
      'note words',
      'orphan words',
      'undefined[^9]',
    ]) {
      expect(text).toContain(words);
    }
    expect(new Set(losses.map((loss) => loss.code))).toEqual(
      new Set([
        'html',
        'title-marks',
        'link',
        'picture-moved',
        'footnote-repeated',
        'footnote-unused',
      ]),
    );
    expect(chapters.flatMap(({ blocks }) => blocks).some(({ kind }) => kind === 'table')).toBe(
      true,
    );
  });

  it('gives blocks that the schema accepts for hostile documents', () => {
    const hostile = [
      `${'> '.repeat(60)}deep`,
      `${'- '.repeat(60)}deep`,
      'a[^x]\n\n[^x]: see [^x]',
      'a\u0000b\u0007c\ud800d\u0085e',
      '[l](javascript:alert(1)) [m](https://x.org/ü?a=<b>|"{}^`) [n](<mailto:a b@c.d>)',
      `# ${'long '.repeat(300)}`,
      '&#1;&#x85;&#xfffe;',
      '```\n\u0001\n```',
      '99999999999. x',
      '![]()',
    ];
    for (const source of hostile) {
      for (const chapter of parse(source).chapters) {
        expect(chapterSchema.safeParse(chapter).error?.issues ?? []).toEqual([]);
      }
    }
    expect(lossCodes('a\u0000b')).toEqual(['control-character']);
    expect(lossCodes('[x](javascript:alert(1))')).toEqual(['link']);
  });

  it('keeps quotation marks and dashes as typed', () => {
    const { chapters } = parse('"It\'s" -- fine...');
    expect(chapterText(chapters[0] ?? { blocks: [] })).toBe('"It\'s" -- fine...');
  });

  it('reads a paragraph with hard breaks as verse, and soft breaks as spaces', () => {
    const { blocks } = parseMarkdownBlocks('one\\\ntwo  \nthree\n\nsoft\nbreak', counter());
    expect(blocks.map((block) => block.kind)).toEqual(['verse', 'paragraph']);
    expect(chapterText({ blocks })).toBe('one\ntwo\nthree\nsoft break');
  });

  it('gives the same ids for the same text', () => {
    const source = '# A\n\ntext[^1]\n\n- x\n\n[^1]: n';
    expect(parse(source)).toEqual(parse(source));
  });
});
