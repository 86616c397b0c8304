import { UTTERANCE_IDS } from '../../narration/narrationScript.ts';
import { bookWords } from '../bookWords.ts';
import { evenHeadings } from '../headings.ts';
import { type Chapter, type ChapterRole, chapterLabel, type Note } from '../manuscript.ts';
import { inlineText } from '../words.ts';
import { blockToXhtml, noteToXhtml, type XhtmlWriter } from '../xhtml/blocksToXhtml.ts';
import { xmlId, xmlText } from '../xml.ts';
import { epubPage } from './epubPage.ts';

/** Old e-readers open no page that is larger, and newer ones turn the pages of such a file slowly. */
const MAX_PAGE_CHARS = 300_000;

export type ChapterPagesInput = {
  chapter: Chapter;
  /** From 0. */
  index: number;
  language: string;
  /** Path of each picture's file, seen from the chapter's page. */
  picturePaths: ReadonlyMap<string, string>;
  /** The label of the printed page that begins with a sentence, by the sentence's id. */
  pageStarts: ReadonlyMap<string, string>;
  /** Whether it is one document however large it is, as one that is read aloud has to be. */
  isWhole?: boolean;
};

/** One XHTML document of a chapter, and where in it one may want to go. */
export type ChapterPage = {
  content: string;
  /** The headings of the first level below the chapter's title. */
  headings: { id: string; label: string }[];
  /** Where pages of the printed edition begin. */
  pageBreaks: { id: string; label: string }[];
};

type Part = {
  blocks: string[];
  notes: string[];
  chars: number;
  headings: ChapterPage['headings'];
  pageBreaks: ChapterPage['pageBreaks'];
};

/**
 * The XHTML documents of a chapter: one, or several when it is large. Every block has its manuscript id and every sentence
 * a span with its sentence id, so that audio and captions can point at them; footnotes stand at the end of the document
 * that calls them, linked both ways.
 */
export function chapterPages(input: ChapterPagesInput): ChapterPage[] {
  const { chapter, index, language } = input;
  const label = chapterLabel(chapter, index);
  const parts = chapterParts(input);
  return parts.map((part, number) => {
    const id = number === 0 ? xmlId(chapter.id) : `${xmlId(chapter.id)}..${number + 1}`;
    const opening = `<h1 id="${xmlId(UTTERANCE_IDS.chapterTitle(chapter.id))}"${chapter.title.trim() === '' ? ' class="number"' : ''}>${xmlText(label)}</h1>\n`;
    const notes =
      part.notes.length === 0 ? '' : `<div class="notes">\n${part.notes.join('\n')}\n</div>\n`;
    const name = parts.length === 1 ? label : `${label} (${number + 1}/${parts.length})`;
    const content = epubPage({
      title: name,
      language,
      depth: 1,
      body: `<section id="${id}" ${sectionRole(chapter.role)} aria-label="${xmlText(name)}">
${number === 0 ? opening : ''}${part.blocks.join('\n')}
${notes}</section>`,
    });
    return { content, headings: part.headings, pageBreaks: part.pageBreaks };
  });
}

function chapterParts(input: ChapterPagesInput): Part[] {
  const { words } = bookWords(input.language);
  const blocks = evenHeadings(input.chapter.blocks);
  const first = emptyPart();
  const parts = [first];
  let part = first;
  let notesSoFar = 0;
  for (const [index, block] of blocks.entries()) {
    const called: Note[] = [];
    const pageBreaks: ChapterPage['pageBreaks'] = [];
    const writer = writerOf(input, called, notesSoFar, pageBreaks);
    const xhtml = blockToXhtml(blocks, index, writer);
    const notes: string[] = [];
    // A note may call further notes, which join the end of the list.
    for (const [place, note] of called.entries())
      notes.push(noteToXhtml(note, notesSoFar + place + 1, words.backToText, writer));
    notesSoFar += called.length;
    const chars = notes.reduce((sum, note) => sum + note.length, xhtml.length);
    const isFull = part.blocks.length > 0 && part.chars + chars > MAX_PAGE_CHARS;
    if (isFull && input.isWhole !== true) {
      part = emptyPart();
      parts.push(part);
    }
    part.blocks.push(xhtml);
    part.notes.push(...notes);
    part.chars += chars;
    part.pageBreaks.push(...pageBreaks);
    if (block.kind === 'heading' && block.level === 1) {
      const label = inlineText(block.inlines).trim();
      if (label !== '') part.headings.push({ id: xmlId(block.id), label });
    }
  }
  return parts;
}

function emptyPart(): Part {
  return { blocks: [], notes: [], chars: 0, headings: [], pageBreaks: [] };
}

function writerOf(
  input: ChapterPagesInput,
  called: Note[],
  notesBefore: number,
  pageBreaks: ChapterPage['pageBreaks'],
): XhtmlWriter {
  return {
    language: input.language,
    isEpub: true,
    titleLevel: 1,
    idOf: xmlId,
    pictureAddress: (source) => {
      const path = input.picturePaths.get(source);
      if (path === undefined) throw new Error(`No file for the picture ${source}`);
      return path;
    },
    pageBreak: (sentenceId) => {
      const label = input.pageStarts.get(sentenceId);
      if (label === undefined) return '';
      const id = `page-${xmlId(sentenceId)}`;
      pageBreaks.push({ id, label });
      return `<span epub:type="pagebreak" role="doc-pagebreak" id="${id}" aria-label="${xmlText(label)}"></span>`;
    },
    callNote: (note) => {
      called.push(note);
      return notesBefore + called.length;
    },
  };
}

/** Terms of the EPUB Structural Semantics Vocabulary, and the DPUB-ARIA roles that say the same. */
const SECTION_TERMS: Record<ChapterRole, { type: string; role?: string }> = {
  dedication: { type: 'dedication', role: 'doc-dedication' },
  epigraph: { type: 'epigraph', role: 'doc-epigraph' },
  foreword: { type: 'foreword', role: 'doc-foreword' },
  preface: { type: 'preface', role: 'doc-preface' },
  introduction: { type: 'introduction', role: 'doc-introduction' },
  prologue: { type: 'prologue', role: 'doc-prologue' },
  part: { type: 'part', role: 'doc-part' },
  chapter: { type: 'chapter', role: 'doc-chapter' },
  epilogue: { type: 'epilogue', role: 'doc-epilogue' },
  afterword: { type: 'afterword', role: 'doc-afterword' },
  acknowledgments: { type: 'acknowledgments', role: 'doc-acknowledgments' },
  appendix: { type: 'appendix', role: 'doc-appendix' },
  glossary: { type: 'glossary', role: 'doc-glossary' },
  bibliography: { type: 'bibliography', role: 'doc-bibliography' },
  'about-author': { type: 'backmatter' },
  'also-by': { type: 'backmatter' },
};

function sectionRole(role: ChapterRole = 'chapter'): string {
  const term = SECTION_TERMS[role];
  return `epub:type="${term.type}" role="${term.role ?? 'region'}"`;
}

/** The `epub:type` of the landmark that a chapter of a role is, if it is one. */
export function landmarkOf(role: ChapterRole = 'chapter'): string | null {
  const { type } = SECTION_TERMS[role];
  return ['chapter', 'part', 'backmatter', 'dedication', 'epigraph'].includes(type) ? null : type;
}
