import type {
  Block,
  Chapter,
  ChapterRole,
  Inline,
  Manuscript,
  Note,
  Paragraph,
  TextRun,
} from '#core/book/manuscript.ts';

/** The kinds of book that an export must carry. */
export const BOOK_KINDS = [
  'novel',
  'footnotes',
  'poetry',
  'letters',
  'tables',
  'pictures',
  'arabic',
  'japanese',
  'code',
  'parts',
  'multilingual',
  'edge',
] as const;
export type BookKind = (typeof BOOK_KINDS)[number];

/** Lengths in words. */
export const BOOK_LENGTHS = [1_000, 10_000, 50_000, 100_000, 215_000] as const;

const LATIN =
  'the harbour lay quiet under a lamp that nobody had lit for years and the tide went out along the stones with a sound like paper while Ann counted boats her brother mended nets kept silence “perhaps” she said “tomorrow” but no answer came across water only gulls & wind < than > before'.split(
    ' ',
  );
const ARABIC =
  'كان البحر هادئا تحت ضوء المصباح الذي لم يشعله أحد منذ سنين وكانت المياه تنحسر على الحجارة بصوت يشبه الورق بينما كانت تعد القوارب'.split(
    ' ',
  );
const JAPANESE = [
  ...'港は静かで誰も灯さない灯台の下で潮が引いていた彼女は舟を数えて弟は網を繕っていた',
];
const FOREIGN: readonly [language: string, text: string][] = [
  ['fr', 'je ne sais quoi'],
  ['de', 'die Laterne über dem Hafen'],
  ['ru', 'свет над гаванью'],
  ['el', 'το φως στο λιμάνι'],
  ['he', 'האור מעל הנמל'],
  ['zh-Hant', '港口的燈'],
];

/** A small generator of numbers that gives the same on every computer (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Writer = {
  kind: BookKind;
  draw: (below: number) => number;
  id: () => string;
};

/** A book of a kind with about so many words. The same seed gives the same book. */
export function generatedBook(kind: BookKind, words: number, seed = 1): Manuscript {
  const draw = numbersFrom(seed * 7_919 + BOOK_KINDS.indexOf(kind) * 104_729 + words);
  let count = 0;
  const writer: Writer = { kind, draw, id: () => `${kind.slice(0, 3)}${++count}` };
  return { metadata: metadataOf(kind, words), chapters: chaptersOf(writer, words) };
}

function metadataOf(kind: BookKind, words: number): Manuscript['metadata'] {
  const uuid = `urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-${String(words).padStart(12, '0')}`;
  const language =
    { arabic: 'ar', japanese: 'ja', multilingual: 'de-CH' }[kind as string] ?? 'en-GB';
  const plain = { title: `The ${kind} & <its> “book”`, authors: ['Ann O’Neil'], language };
  if (kind === 'edge') return { ...plain, title: '#', authors: [], identifier: uuid };
  if (kind === 'arabic')
    return { ...plain, title: 'ضوء الميناء', authors: ['آن'], identifier: uuid };
  if (kind === 'japanese') return { ...plain, title: '港の灯', authors: ['安'], identifier: uuid };
  if (kind !== 'parts') return { ...plain, identifier: uuid };
  return {
    ...plain,
    identifier: '978-3-16-148410-0',
    subtitle: 'With all that a book can say of itself',
    publisher: 'Test & Co',
    description: 'All <kinds> of & things.',
    rights: '© 2025 Ann O’Neil',
    publishedOn: '2025-10-14',
    series: { name: 'The “Lamp” & Co', number: 2.5 },
    contributors: [
      { name: 'B. Translator', role: 'translator' },
      { name: 'C. Editor', role: 'editor' },
      { name: 'D. Illustrator', role: 'illustrator' },
      { name: 'E. Narrator', role: 'narrator' },
      { name: 'F. Designer', role: 'designer' },
      { name: 'G. <Other>', role: 'contributor' },
    ],
    subjects: ['Fiction / Sea & Harbour', 'Lamps'],
  };
}

const ROLES: readonly ChapterRole[] = [
  ...(['dedication', 'epigraph', 'foreword', 'preface', 'introduction', 'prologue'] as const),
  ...(['part', 'chapter', 'chapter', 'part', 'chapter', 'chapter', 'epilogue'] as const),
  ...(['afterword', 'acknowledgments', 'appendix', 'glossary', 'bibliography'] as const),
  ...(['about-author', 'also-by'] as const),
];

function chaptersOf(writer: Writer, words: number): Chapter[] {
  if (writer.kind === 'edge') return edgeChapters(writer, words);
  const roles = writer.kind === 'parts' ? ROLES : null;
  // One chapter of the largest book is larger than a page of an EPUB may be.
  const count = roles?.length ?? Math.max(1, Math.min(40, Math.round(words / 5_000)));
  return Array.from({ length: count }, (_, index) => {
    const role = roles?.[index];
    return {
      id: writer.id(),
      title: titleOf(writer, index),
      ...(role !== undefined && { role }),
      blocks: role === 'part' ? [epigraph(writer)] : blocksOf(writer, Math.ceil(words / count)),
    };
  });
}

function titleOf({ kind, draw }: Writer, index: number): string {
  if (kind === 'arabic') return `الفصل ${index + 1}`;
  if (kind === 'japanese') return `第${index + 1}章`;
  return index % 5 === 4 ? '' : `Chapter ${index + 1}: ${LATIN[draw(20)]} & “${LATIN[draw(20)]}”`;
}

/** What is nearly nothing, or too much in one place. */
function edgeChapters(writer: Writer, words: number): Chapter[] {
  const { id } = writer;
  return [
    { id: '1', title: '', blocks: [] },
    { id: id(), title: ' ', blocks: [{ kind: 'scene-break', id: id() }] },
    { id: id(), title: 'x'.repeat(500), blocks: [paragraph(writer, run('.'))] },
    { id: id(), title: '<![CDATA[ ]]> &amp; --', role: 'part', blocks: [] },
    // A single block that is larger than a page of an EPUB may be, and ids that begin with digits.
    { id: '2-3', title: 'One paragraph', blocks: [{ ...prose(writer, words), id: '4' }] },
    { id: id(), title: 'Silent', role: 'also-by', blocks: [{ kind: 'code', id: id(), text: '' }] },
  ];
}

function blocksOf(writer: Writer, words: number): Block[] {
  const blocks: Block[] = [];
  for (let written = 0, index = 0; written < words; index += 1) {
    const length = Math.min(30 + writer.draw(90), Math.max(5, words - written));
    blocks.push(...blocksAt(writer, index, length));
    written += length;
  }
  return blocks;
}

function blocksAt(writer: Writer, index: number, words: number): Block[] {
  const { id, draw, kind } = writer;
  const text = prose(writer, words);
  if (index % 23 === 22) return [{ kind: 'scene-break', id: id() }, text];
  if (index % 31 === 30) return [heading(writer, 1 + draw(3)), text];
  switch (kind) {
    case 'footnotes':
      return [{ ...text, inlines: [...text.inlines, note(writer, index % 7 === 0)] }];
    case 'poetry':
      return [
        {
          kind: 'verse',
          id: id(),
          lines: Array.from({ length: 4 }, () => prose(writer, Math.ceil(words / 4)).inlines),
        },
      ];
    case 'letters':
      if (index % 3 !== 0) return [text];
      return [{ kind: 'letter', id: id(), blocks: [{ ...prose(writer, 3), align: 'end' }, text] }];
    case 'tables':
      return index % 6 === 0 ? [text, table(writer)] : [text];
    case 'pictures':
      return index % 9 === 0 ? [picture(writer), text] : [text];
    case 'code':
      if (index % 5 !== 0) return [text];
      return [
        { kind: 'code', id: id(), language: 'ts', text: 'if (a < b && c) {\n\tx = "&amp;";\n}' },
      ];
    case 'multilingual':
      return [{ ...text, inlines: [...text.inlines, ...foreign(writer)] }];
    case 'parts':
      return index % 8 === 0 ? [everyMark(writer), list(writer), quote(writer), text] : [text];
    default:
      return [text];
  }
}

function run(text: string, marks: Partial<TextRun> = {}): TextRun {
  return { ...marks, kind: 'text', text };
}

function paragraph(writer: Writer, ...inlines: Inline[]): Paragraph {
  return { kind: 'paragraph', id: writer.id(), inlines };
}

/** Sentences of a length, now and then with a word that is stressed. */
function prose(writer: Writer, words: number): Paragraph {
  const { kind, draw } = writer;
  if (kind === 'japanese') {
    const text = Array.from({ length: words * 2 }, (_, index) =>
      index % 21 === 20 ? '。' : JAPANESE[draw(JAPANESE.length)],
    ).join('');
    return paragraph(writer, run(text));
  }
  const source = kind === 'arabic' ? ARABIC : LATIN;
  const parts: string[] = [];
  for (let index = 0; index < words; index += 1) {
    const word = source[draw(source.length)] ?? '';
    const isStart = index % 12 === 0;
    const end = index % 12 === 11 || index === words - 1 ? '.' : '';
    parts.push(`${isStart ? word.charAt(0).toUpperCase() + word.slice(1) : word}${end}`);
  }
  const middle = Math.floor(words / 2);
  const before = parts.slice(0, middle).join(' ');
  const stressed = parts[middle] ?? '';
  const after = parts.slice(middle + 1).join(' ');
  return paragraph(
    writer,
    ...(before === '' ? [] : [run(`${before} `)]),
    ...(stressed === '' ? [] : [run(stressed, { emphasis: true })]),
    ...(after === '' ? [] : [run(` ${after}`)]),
  );
}

function heading(writer: Writer, level: number): Block {
  return { kind: 'heading', id: writer.id(), level, inlines: prose(writer, 4).inlines };
}

function note(writer: Writer, isNested: boolean): Note {
  const text = prose(writer, 6);
  const inner: Note = { kind: 'note', id: writer.id(), blocks: [prose(writer, 3)] };
  return {
    kind: 'note',
    id: writer.id(),
    blocks: isNested ? [{ ...text, inlines: [...text.inlines, inner] }, prose(writer, 4)] : [text],
  };
}

function table(writer: Writer): Block {
  const cell = () => ({ blocks: [prose(writer, 2)] });
  return {
    kind: 'table',
    id: writer.id(),
    headerRows: 1,
    caption: 'Tides & “times”',
    rows: [
      [cell(), { ...cell(), columns: 2, align: 'center' }],
      [{ ...cell(), rows: 2 }, cell(), { blocks: [{ ...prose(writer, 2), align: 'end' }] }],
      [cell(), { blocks: [] }],
    ],
  };
}

function picture(writer: Writer): Block {
  const isDecorative = writer.draw(3) === 0;
  return {
    kind: 'image',
    id: writer.id(),
    source: 'lamp.png',
    alt: isDecorative ? '' : 'A lamp & its “light”',
    ...(isDecorative ? { decorative: true as const } : { caption: 'The <lamp>, lit' }),
  };
}

function epigraph(writer: Writer): Block {
  return { kind: 'epigraph', id: writer.id(), blocks: [prose(writer, 9)] };
}

function quote(writer: Writer): Block {
  const inner: Block = { kind: 'blockquote', id: writer.id(), blocks: [prose(writer, 5)] };
  return { kind: 'blockquote', id: writer.id(), blocks: [prose(writer, 8), inner, list(writer)] };
}

function list(writer: Writer): Block {
  const item = (...more: Block[]) => ({ id: writer.id(), blocks: [prose(writer, 4), ...more] });
  const numbered: Block = { kind: 'list', id: writer.id(), start: 3, items: [item(), item()] };
  return { kind: 'list', id: writer.id(), items: [item(), item(numbered), item()] };
}

function everyMark(writer: Writer): Block {
  return paragraph(
    writer,
    run('E = mc'),
    run('2', { script: 'super' }),
    run(' and H'),
    run('2', { script: 'sub' }),
    run('O, '),
    run('gone', { strike: true }),
    run(' under ', { underline: true }),
    run('nato', { smallCaps: true }),
    run(' both', { strong: true, emphasis: true }),
    run(' x < y && z', { code: true }),
    run(' a link', { link: 'https://example.org/a?b=c&d=e' }),
    run('.'),
  );
}

function foreign(writer: Writer): Inline[] {
  const [language, text] = FOREIGN[writer.draw(FOREIGN.length)] ?? ['fr', 'oui'];
  return [run(' '), run(text, { language }), run('.')];
}
