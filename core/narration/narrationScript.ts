import {
  type Block,
  chapterLabel,
  type Chapter,
  type Manuscript,
  type Note,
} from '../book/manuscript.ts';
import { sentencesOf } from '../book/sentences.ts';
import { lexiconReader } from './lexicon.ts';
import type { NarrationSettings } from './narrationSettings.ts';
import { narrationWords } from './narrationWords.ts';

/** One thing that is spoken in one go: a sentence, a line of verse, a title. */
export type Utterance = {
  /** The sentence id, or an id of `UTTERANCE_IDS`; what a read-along lights up. */
  id: string;
  /** As the book has it. */
  text: string;
  /** As a voice reads it: after the lexicon. */
  spoken: string;
  voice: string;
  /** Milliseconds of silence that follow, in whole hundredths of a second. */
  pauseMs: number;
  /** The note that it is part of. */
  noteId?: string;
};

/** A stretch of the narration that is a chapter of an audiobook, and a file where chapters are files. */
export type NarrationPart = {
  kind: 'opening' | 'chapter' | 'closing';
  title: string;
  /** Of the chapter in the book, from 0. */
  chapterIndex?: number;
  utterances: Utterance[];
};

export type ScriptOptions = {
  settings: NarrationSettings;
  /** The narrator’s voice, where neither block nor chapter has another. */
  voice: string;
  /** A read-along speaks what stands on pages; an audiobook has credits as well. */
  use: 'audiobook' | 'read-along';
};

/** Pauses in milliseconds after what was spoken. */
const PAUSE = {
  line: 350,
  sentence: 320,
  item: 500,
  paragraph: 700,
  heading: 900,
  title: 1_400,
  scene: 1_800,
};

/** Ids of what is spoken beside sentences. */
export const UTTERANCE_IDS = {
  title: 'book-title',
  subtitle: 'book-subtitle',
  authors: 'book-authors',
  chapterTitle: (chapterId: string) => `${chapterId}.title`,
};

/**
 * What is spoken of a book, in order: title and authors, then of each chapter its title, its sentences, and its notes if
 * they are to be read; in an audiobook credits at both ends. Code is not read, of pictures only the caption, and nothing
 * that has neither letter nor number. A chapter in which nothing is spoken but its title has that alone.
 */
export function narrationScript(manuscript: Manuscript, options: ScriptOptions): NarrationPart[] {
  const { metadata, chapters } = manuscript;
  const words = narrationWords(metadata.language);
  const isAudiobook = options.use === 'audiobook';
  const voiceOf = options.voice;
  const read = lexiconReader(options.settings.lexicon ?? []);
  const credit = (id: string, text: string): Utterance[] =>
    isSpeakable(text)
      ? [{ id, text, spoken: read(text), voice: voiceOf, pauseMs: PAUSE.heading }]
      : [];
  const authors = metadata.authors.join(', ');
  const opening = [
    ...credit(UTTERANCE_IDS.title, asSentence(metadata.title)),
    ...credit(UTTERANCE_IDS.subtitle, asSentence(metadata.subtitle ?? '')),
    ...(authors === '' ? [] : credit(UTTERANCE_IDS.authors, words.by(authors))),
    ...(isAudiobook ? credit('opening-narrator', words.narrator) : []),
  ];
  const closing = isAudiobook
    ? [
        ...credit('closing-title', words.closing(metadata.title)),
        ...(authors === '' ? [] : credit('closing-authors', words.by(authors))),
        ...credit('closing-narrator', words.narrator),
      ]
    : [];
  const parts: NarrationPart[] = [
    { kind: 'opening', title: words.openingCredits, utterances: opening },
    ...chapters.map((chapter, index) => chapterPart(manuscript, chapter, index, options)),
    { kind: 'closing', title: words.closingCredits, utterances: closing },
  ];
  return parts.filter((part) => part.utterances.length > 0);
}

function chapterPart(
  { metadata: { language } }: Manuscript,
  chapter: Chapter,
  chapterIndex: number,
  { settings, voice }: ScriptOptions,
): NarrationPart {
  const words = narrationWords(language);
  const label = chapterLabel(chapter, chapterIndex);
  const writer = new ScriptWriter(
    language,
    settings,
    settings.chapterVoices?.[chapter.id] ?? voice,
  );
  const title = chapter.title.trim() === '' ? words.chapter(chapterIndex + 1) : asSentence(label);
  writer.say({ id: UTTERANCE_IDS.chapterTitle(chapter.id), text: title, pauseMs: PAUSE.title });
  writer.blocks(chapter.blocks);
  if (settings.notes === 'read') writer.notes((number) => words.note(number));
  return { kind: 'chapter', title: label, chapterIndex, utterances: writer.utterances };
}

/** Collects what is spoken of a chapter in the order in which its page has it. */
class ScriptWriter {
  readonly utterances: Utterance[] = [];
  readonly #language: string;
  readonly #settings: NarrationSettings;
  readonly #read: (text: string) => string;
  readonly #notes: Note[] = [];
  #voice: string;
  #noteId: string | undefined;
  /** Spoken in front of the next sentence. */
  #before = '';

  constructor(language: string, settings: NarrationSettings, voice: string) {
    this.#language = language;
    this.#settings = settings;
    this.#voice = voice;
    this.#read = lexiconReader(settings.lexicon ?? []);
  }

  say({ id, text, pauseMs }: Pick<Utterance, 'id' | 'text' | 'pauseMs'>): void {
    if (!isSpeakable(text)) return;
    const spoken = this.#read(this.#before === '' ? text : `${this.#before} ${text}`);
    this.#before = '';
    const noteId = this.#noteId === undefined ? {} : { noteId: this.#noteId };
    this.utterances.push({ id, text, spoken, voice: this.#voice, pauseMs, ...noteId });
  }

  blocks(blocks: readonly Block[], pauseMs: number = PAUSE.paragraph): void {
    for (const block of blocks) {
      const outer = this.#voice;
      this.#voice = this.#settings.blockVoices?.[block.id] ?? outer;
      this.#block(block, pauseMs);
      this.#voice = outer;
    }
  }

  /** The notes that were called, and those that they call, in the order in which the page has them. */
  notes(label: (number: number) => string): void {
    for (let index = 0; index < this.#notes.length; index++) {
      const note = this.#notes[index];
      if (note === undefined) continue;
      this.#noteId = note.id;
      this.#before = label(index + 1);
      this.blocks(note.blocks);
      this.#before = '';
    }
    this.#noteId = undefined;
  }

  #block(block: Block, pauseMs: number): void {
    switch (block.kind) {
      case 'paragraph':
        return this.#sentences(block, PAUSE.sentence, pauseMs);
      case 'heading':
        return this.#sentences(block, PAUSE.sentence, PAUSE.heading);
      case 'verse':
        return this.#sentences(block, PAUSE.line, pauseMs);
      case 'blockquote':
      case 'letter':
      case 'epigraph':
        return this.blocks(block.blocks, pauseMs);
      case 'table':
        if (block.caption !== undefined) this.say({ id: block.id, text: block.caption, pauseMs });
        for (const cell of block.rows.flat()) this.blocks(cell.blocks, PAUSE.item);
        return this.#pauseAtLeast(pauseMs);
      case 'list':
        for (const item of block.items) this.blocks(item.blocks, PAUSE.item);
        return this.#pauseAtLeast(pauseMs);
      case 'scene-break':
        return this.#pauseAtLeast(PAUSE.scene);
      case 'image':
        return this.say({ id: block.id, text: block.caption ?? '', pauseMs });
      case 'code':
        return;
    }
  }

  #sentences(block: Block, betweenMs: number, afterMs: number): void {
    const first = this.utterances.length;
    for (const { id, text, inlines } of sentencesOf(block, this.#language)) {
      this.say({ id, text, pauseMs: betweenMs });
      for (const inline of inlines) if (inline.kind === 'note') this.#notes.push(inline);
    }
    if (this.utterances.length > first) this.#pauseAtLeast(afterMs);
  }

  #pauseAtLeast(pauseMs: number): void {
    const last = this.utterances.at(-1);
    if (last) last.pauseMs = Math.max(last.pauseMs, pauseMs);
  }
}

function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** A title with a full stop where it has no end of its own, so that a voice lets it fall. */
function asSentence(title: string): string {
  const text = title.trim();
  return text === '' || /[.!?…。！？][”’"')»]*$/u.test(text) ? text : `${text}.`;
}
