import type { CallOutput } from '#core/contract/contract.ts';
import type { OpenBook } from '#core/contract/reading.ts';
import { encodeBookPath } from '#core/reading/bookPath.ts';
import { documentText, offsetOf, rangeBetween } from './page/documentText.ts';

export type Clip = CallOutput<'reading.overlay'>['clips'][number];

/** What is read aloud: a stretch of a document in sight, and the sound of it where the book has one. */
type Passage = { range: Range; element: Element | null; clip: Clip | null; text: string };

export type NarratorState = 'stopped' | 'playing' | 'paused';

export type NarratorEvents = {
  onState: (state: NarratorState) => void;
  /** Shows what is read, and brings it into sight. */
  onPassage: (index: number, passage: { range: Range; element: Element | null } | null) => void;
  /** Brings the next document into sight, or the next that has a recorded voice; null where there is none. */
  onNext: (which: 'any' | 'recorded') => Promise<{ doc: Document; index: number } | null>;
  onTrouble: (sentence: string) => void;
};

/**
 * Reads a book aloud: with the voice that was recorded for it where it has media overlays, else sentence by sentence
 * with a voice of the system. A recording goes on with the next document that it has: a page of copyright between two
 * chapters was left out of it on purpose.
 */
export class Narrator {
  readonly #book: OpenBook;
  readonly #events: NarratorEvents;
  readonly #clipsOf: (index: number) => Promise<Clip[]>;
  #state: NarratorState = 'stopped';
  #passages: Passage[] = [];
  #isRecorded = false;
  #at = 0;
  #index = 0;
  #rate = 1;
  #audio: HTMLAudioElement | null = null;
  #frame = 0;
  /** Counts what was begun, so that the end of what was broken off is not taken for the end of what plays. */
  #turn = 0;

  constructor(book: OpenBook, events: NarratorEvents, clipsOf: (index: number) => Promise<Clip[]>) {
    this.#book = book;
    this.#events = events;
    this.#clipsOf = clipsOf;
  }

  get state(): NarratorState {
    return this.#state;
  }

  /** Reads from a place in a document on. */
  async start(doc: Document, index: number, from: Range | null): Promise<void> {
    this.#silence();
    const turn = this.#turn;
    const passages = await this.#passagesOf(doc, index);
    if (turn !== this.#turn) return;
    const isRecorded = passages.every((passage) => (passage.clip?.audioPath ?? null) !== null);
    if (!isRecorded && !(await hasVoices())) {
      const next = await this.#events.onNext('recorded');
      if (turn !== this.#turn) return;
      if (next !== null) return this.start(next.doc, next.index, null);
      this.#events.onTrouble(
        'This computer has no voice that can read aloud. Install one in the settings of the system; books with a recorded voice play without.',
      );
      this.stop();
      return;
    }
    this.#isRecorded = isRecorded && passages.length > 0;
    this.#passages = passages;
    this.#index = index;
    const start = from === null ? 0 : offsetOf(doc, from.startContainer, from.startOffset);
    const at = passages.findIndex(
      ({ range }) => offsetOf(doc, range.endContainer, range.endOffset) > start,
    );
    this.#setState('playing');
    await this.#play(Math.max(0, at));
  }

  pause(): void {
    if (this.#state !== 'playing') return;
    this.#audio?.pause();
    window.speechSynthesis.pause();
    this.#setState('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#setState('playing');
    if (this.#audio !== null) void this.#audio.play().catch(() => this.stop());
    else window.speechSynthesis.resume();
  }

  stop(): void {
    this.#silence();
    this.#events.onPassage(this.#index, null);
    this.#setState('stopped');
  }

  /** Goes so many sentences on or back. */
  skip(count: number): void {
    if (this.#state === 'stopped') return;
    this.#silence();
    this.#setState('playing');
    void this.#play(Math.max(0, this.#at + count));
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.#audio !== null) this.#audio.playbackRate = rate;
  }

  async #play(at: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const passage = this.#passages[at];
    if (passage === undefined) {
      const next = await this.#events.onNext(this.#isRecorded ? 'recorded' : 'any');
      if (turn !== this.#turn) return;
      if (next === null) this.stop();
      else await this.start(next.doc, next.index, null);
      return;
    }
    this.#at = at;
    this.#events.onPassage(this.#index, passage);
    const onDone = () => {
      if (turn === this.#turn && this.#state !== 'stopped') void this.#play(at + 1);
    };
    if (passage.clip !== null && passage.clip.audioPath !== null)
      this.#playClip(passage.clip, turn, onDone);
    else this.#speak(passage.text, turn, onDone);
  }

  #playClip(clip: Clip, turn: number, onDone: () => void): void {
    const url = `${this.#book.root}${encodeBookPath(clip.audioPath ?? '')}`;
    const audio =
      this.#audio !== null && this.#audio.src.endsWith(url) ? this.#audio : new Audio(url);
    this.#audio = audio;
    audio.playbackRate = this.#rate;
    audio.onerror = () => {
      if (turn !== this.#turn) return;
      this.#events.onTrouble('The recorded voice of this page cannot be played.');
      this.stop();
    };
    audio.onended = onDone;
    // Clips that follow one another in one file play through without a seam.
    if (Math.abs(audio.currentTime - clip.beginSeconds) > 0.12)
      audio.currentTime = clip.beginSeconds;
    void audio.play().catch(() => {
      if (turn === this.#turn) this.stop();
    });
    const watch = () => {
      if (turn !== this.#turn) return;
      if (clip.endSeconds !== null && audio.currentTime >= clip.endSeconds) {
        const next = this.#passages[this.#at + 1]?.clip;
        if (
          next?.audioPath !== clip.audioPath ||
          Math.abs(next.beginSeconds - clip.endSeconds) > 0.12
        )
          audio.pause();
        onDone();
        return;
      }
      this.#frame = requestAnimationFrame(watch);
    };
    this.#frame = requestAnimationFrame(watch);
  }

  #speak(text: string, turn: number, onDone: () => void): void {
    this.#audio = null;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = this.#book.language;
    utterance.rate = this.#rate;
    utterance.onend = onDone;
    utterance.onerror = (event) => {
      if (turn !== this.#turn || event.error === 'interrupted' || event.error === 'canceled')
        return;
      this.#events.onTrouble('The voice of the system stopped. Begin to read aloud again.');
      this.stop();
    };
    window.speechSynthesis.speak(utterance);
  }

  #silence(): void {
    this.#turn += 1;
    cancelAnimationFrame(this.#frame);
    if (this.#audio !== null) {
      this.#audio.onended = null;
      this.#audio.onerror = null;
      this.#audio.pause();
    }
    this.#audio = null;
    window.speechSynthesis.cancel();
  }

  #setState(state: NarratorState): void {
    this.#state = state;
    this.#events.onState(state);
  }

  async #passagesOf(doc: Document, index: number): Promise<Passage[]> {
    const clips = this.#book.sections[index]?.overlay === true ? await this.#clipsOf(index) : [];
    const recorded = clips.flatMap((clip): Passage[] => {
      const element = clip.fragment === null ? doc.body : doc.getElementById(clip.fragment);
      if (element === null) return [];
      const range = doc.createRange();
      range.selectNodeContents(element);
      return [
        { range, element, clip, text: (element.textContent ?? '').replace(/\s+/g, ' ').trim() },
      ];
    });
    return recorded.length > 0 ? recorded : sentencesOf(doc, this.#book.language);
  }
}

/** The sentences of a document; a line break of its source that stands between blocks ends one as well. */
function sentencesOf(doc: Document, language: string): Passage[] {
  const { text } = documentText(doc);
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...segmenter.segment(text)].flatMap(({ segment, index }): Passage[] => {
    const words = segment.replace(/\s+/g, ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    const start = index + (segment.length - segment.trimStart().length);
    const range = rangeBetween(doc, start, index + segment.trimEnd().length);
    return [{ range, element: null, clip: null, text: words }];
  });
}

/** Voices are listed a moment after they are first asked for. */
async function hasVoices(): Promise<boolean> {
  const { speechSynthesis } = window;
  if (speechSynthesis.getVoices().length > 0) return true;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1_000);
    speechSynthesis.addEventListener(
      'voiceschanged',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
  return speechSynthesis.getVoices().length > 0;
}
