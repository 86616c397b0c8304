import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildEpub } from '#core/book/epub/buildEpub.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { countChapterWords } from '#core/book/words.ts';
import { refuse } from '#core/fault.ts';
import { ACX, type NarrationFacts } from '#core/narration/acx.ts';
import { type AudioChapter, audioChapters, audioTags } from '#core/narration/audioTags.ts';
import { narrationScript } from '#core/narration/narrationScript.ts';
import type { NarrationSettings } from '#core/narration/narrationSettings.ts';
import { NARRATION_HZ, type TimedPart, timePart } from '#core/narration/narrationTimeline.ts';
import type { BookCheck } from '../book/bookCheck.ts';
import { refuseUnfinished } from '../book/exportBook.ts';
import { inspectEpub } from '../book/inspectEpub.ts';
import { zipFiles } from '../book/zipFiles.ts';
import { PieceStore } from '../export/cache/pieceStore.ts';
import { inWorkFolder, WorkFolderLost } from '../export/workFolder.ts';
import { checkTarget, writeOutput } from '../files/outputFile.ts';
import { checkFolderTarget, writeOutputFolder } from '../files/outputFolder.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { audiobookCover } from './audiobookCover.ts';
import { needVoice, voiceForLanguage } from './chooseVoice.ts';
import { type AudioKind, encodeParts, LIMITS } from './encodeNarration.ts';
import { checkChapters } from './checkChapters.ts';
import { narrationGains } from './levelNarration.ts';
import { type SpokenScript, speakScript } from './speakScript.ts';
import type { Voice, VoiceEngine } from './voice.ts';
import { voiceCacheLimit } from './voiceCache.ts';

/** One file with chapters as M4B or MP3; a folder with an MP3 for each chapter; an EPUB with media overlays. */
export type NarrationFormat = 'm4b' | 'mp3' | 'mp3-chapters' | 'epub-read-along';

export type ExportNarrationInput = {
  manuscript: Manuscript;
  settings: NarrationSettings;
  format: NarrationFormat;
  /** Path of the file or folder to write. */
  out: string;
  force?: boolean;
  /** Moment that an EPUB states as its making, ISO 8601. */
  date: string;
  pictures?: ReadonlyMap<string, PictureFile>;
  engines: readonly VoiceEngine[];
  tools: Ffmpeg;
  cacheDir: string;
  /** How long a voice may take for a sentence; by its length unless given. */
  timeoutMs?: number;
  signal: AbortSignal;
  onProgress?: (share: number, detail?: string) => void;
};

export type ExportedNarration = {
  output: string;
  words: number;
  durationSeconds: number;
  sentences: number;
  newlySpoken: number;
  checks: BookCheck[];
};

/** Shares of the work: speaking, then encoding. */
const SPEAKING = 0.5;
const ENCODING = 0.48;
/** Names of files that a narration in a folder has. */
export const CHAPTER_FILE = /^\d{3,4} .*\.mp3$/;

/**
 * Reads a book aloud into a file or a folder of files, and says what was checked of it. Refuses what `exportBook`
 * refuses of an unfinished book, `narration/…` of voices and sentences, and what writing refuses; cancelling rejects
 * with `Cancelled`. What was spoken is kept for the next time.
 */
export async function exportNarration(input: ExportNarrationInput): Promise<ExportedNarration> {
  const { manuscript, out, format, cacheDir } = input;
  refuseUnfinished({ ...input, format: format === 'epub-read-along' ? 'epub' : 'md' });
  const options = { force: input.force ?? false };
  const folder = { ...options, isOurs: (name: string) => CHAPTER_FILE.test(name) };
  if (format === 'mp3-chapters') await checkFolderTarget(out, folder);
  else await checkTarget(out, options);
  const voices = chooseVoices(input);
  const store = await PieceStore.open(join(cacheDir, 'narration'), voiceCacheLimit());
  const make = (target: string) =>
    inWorkFolder(cacheDir, (work) => narrate(input, { voices, store, work, target }));
  try {
    const made = await (format === 'mp3-chapters'
      ? writeOutputFolder(out, folder, make)
      : writeOutput(out, options, make));
    const words = manuscript.chapters.reduce(
      (sum, chapter) => sum + countChapterWords(chapter, manuscript.metadata.language),
      0,
    );
    input.onProgress?.(1);
    return { output: resolve(out), words, ...made };
  } catch (error) {
    if (!(error instanceof WorkFolderLost) || input.signal.aborted) throw error;
    return refuse(
      'narration/cache-emptied',
      'The cache was emptied while the book was being read. Nothing was written; start it again.',
    );
  } finally {
    await store.trim();
  }
}

type ChosenVoices = { narrator: Voice; voiceOf: (id: string) => Voice };

function chooseVoices({ manuscript, settings, engines }: ExportNarrationInput): ChosenVoices {
  const narrator =
    settings.voice === undefined
      ? voiceForLanguage(engines, manuscript.metadata.language)
      : needVoice(engines, settings.voice);
  const others = { ...settings.chapterVoices, ...settings.blockVoices };
  const voices = new Map(
    [narrator.id, ...Object.values(others)].map((id) => [id, needVoice(engines, id)]),
  );
  return { narrator, voiceOf: (id) => voices.get(id) ?? needVoice(engines, id) };
}

type Making = { voices: ChosenVoices; store: PieceStore; work: string; target: string };
type Made = Omit<ExportedNarration, 'output' | 'words'>;

async function narrate(input: ExportNarrationInput, making: Making): Promise<Made> {
  const { manuscript, settings, format, signal, onProgress } = input;
  const { voices, store, work } = making;
  const use = format === 'epub-read-along' ? 'read-along' : 'audiobook';
  const script = narrationScript(manuscript, { settings, voice: voices.narrator.id, use });
  const spoken = await speakScript({
    parts: script,
    voiceOf: voices.voiceOf,
    speed: settings.speed ?? 1,
    store,
    work,
    signal,
    timeoutMs: input.timeoutMs,
    onProgress: (share, detail) => onProgress?.(share * SPEAKING, detail),
  });
  const parts = script.map((part) =>
    timePart(
      part,
      part.utterances.map((utterance) => spoken.soundOf(utterance).samples),
    ),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const encoder = await Encoder.start(input, making, { parts, spoken, length });
  const checks = await FORMATS[format](encoder);
  return {
    durationSeconds: length / NARRATION_HZ,
    sentences: spoken.sentences,
    newlySpoken: spoken.newlySpoken,
    checks,
  };
}

const FORMATS: Readonly<Record<NarrationFormat, (encoder: Encoder) => Promise<BookCheck[]>>> = {
  m4b: (encoder) => oneFile(encoder, 'm4b'),
  mp3: (encoder) => oneFile(encoder, 'mp3'),
  'mp3-chapters': filePerChapter,
  'epub-read-along': readAlongEpub,
};

async function oneFile(encoder: Encoder, kind: AudioKind): Promise<BookCheck[]> {
  const { parts, target } = encoder;
  const { tools, signal } = encoder.input;
  const chapters = audioChapters(parts);
  const cover = await encoder.cover();
  const facts = await encoder.encode(parts, target, kind, { chapters, cover });
  return [
    ...soundChecks(kind, [facts], parts),
    await checkChapters(tools, target, chapters, signal),
    {
      name: 'cover',
      ok: cover !== null,
      value: cover === null ? 'left out: drawing it needs Chromium or Chrome' : 'drawn',
      ...(cover === null && { level: 'notice' as const }),
    },
  ];
}

async function filePerChapter(encoder: Encoder): Promise<BookCheck[]> {
  const { parts, target } = encoder;
  const cover = await encoder.cover();
  const digits = Math.max(3, String(parts.length).length);
  const all: NarrationFacts[] = [];
  for (const [index, part] of parts.entries()) {
    const name = `${String(index + 1).padStart(digits, '0')} ${fileName(part.title)}.mp3`;
    const track = { number: index + 1, of: parts.length };
    const tags = { chapters: [], cover, title: part.title, track };
    all.push(await encoder.encode([part], join(target, name), 'mp3', tags));
  }
  const longest = Math.max(...parts.map((part) => part.length)) / NARRATION_HZ / 60;
  return [
    ...soundChecks('mp3', all, parts),
    { name: 'files', ok: true, value: parts.length },
    { name: 'longest-file', ok: longest <= ACX.minutes, value: `${longest.toFixed(1)} min` },
  ];
}

async function readAlongEpub(encoder: Encoder): Promise<BookCheck[]> {
  const { parts, target, input, work } = encoder;
  const { manuscript, date, pictures = new Map<string, PictureFile>() } = input;
  const sounds: { timed: TimedPart; audio: Uint8Array }[] = [];
  const all: NarrationFacts[] = [];
  for (const [index, timed] of parts.entries()) {
    const path = join(work, `part-${index + 1}.m4a`);
    all.push(await encoder.encode([timed], path, 'm4a'));
    sounds.push({ timed, audio: await readFile(path) });
  }
  const narration = { parts: sounds, narrators: encoder.narrators() };
  const bytes = zipFiles(buildEpub({ manuscript, modified: date, pictures, narration }));
  await writeFile(target, bytes);
  const words = manuscript.chapters.reduce(
    (sum, chapter) => sum + countChapterWords(chapter, manuscript.metadata.language),
    0,
  );
  return [
    ...inspectEpub(await readFile(target), manuscript, words),
    ...soundChecks('m4a', all, parts),
    {
      name: 'read-along',
      ok: true,
      value: parts.reduce((sum, part) => sum + part.clips.length, 0),
    },
  ];
}

type Narrated = { parts: TimedPart[]; spoken: SpokenScript; length: number };
type Tags = {
  chapters: readonly AudioChapter[];
  cover: string | null;
  title?: string;
  track?: { number: number; of: number };
};

/** Encodes parts of a narration, each at its level, and tells how far it is. */
class Encoder {
  readonly input: ExportNarrationInput;
  readonly parts: TimedPart[];
  readonly work: string;
  readonly target: string;
  readonly #making: Making;
  readonly #narrated: Narrated;
  readonly #gains: Awaited<ReturnType<typeof narrationGains>>;
  #encoded = 0;

  private constructor(
    input: ExportNarrationInput,
    making: Making,
    narrated: Narrated,
    gains: Awaited<ReturnType<typeof narrationGains>>,
  ) {
    this.input = input;
    this.parts = narrated.parts;
    this.work = making.work;
    this.target = making.target;
    this.#making = making;
    this.#narrated = narrated;
    this.#gains = gains;
  }

  static async start(
    input: ExportNarrationInput,
    making: Making,
    narrated: Narrated,
  ): Promise<Encoder> {
    const gains = await narrationGains(narrated.parts, narrated.spoken, input.signal);
    return new Encoder(input, making, narrated, gains);
  }

  cover(): Promise<string | null> {
    return audiobookCover(this.input.manuscript.metadata, this.work, this.input.signal);
  }

  narrators(): string[] {
    const ids = new Set(
      this.parts.flatMap((part) => part.clips.map(({ utterance }) => utterance.voice)),
    );
    return [...ids].map((id) => this.#making.voices.voiceOf(id).name);
  }

  async encode(
    parts: readonly TimedPart[],
    output: string,
    kind: AudioKind,
    tags?: Tags,
  ): Promise<NarrationFacts> {
    const { tools, signal, manuscript, onProgress } = this.input;
    const path = join(this.work, 'tags.txt');
    if (tags) await writeFile(path, audioTags(manuscript.metadata, tags));
    const facts = await encodeParts(parts, output, {
      tools,
      kind,
      spoken: this.#narrated.spoken,
      gains: this.#gains,
      signal,
      tags: tags ? path : undefined,
      cover: tags?.cover ?? undefined,
      onProgress: (samples) =>
        onProgress?.(
          SPEAKING + (ENCODING * (this.#encoded + samples)) / this.#narrated.length,
          'Encoding the sound',
        ),
    });
    this.#encoded += parts.reduce((sum, part) => sum + part.length, 0);
    if ((await stat(output)).size === 0) throw new Error('Nothing was encoded');
    return facts;
  }
}

/** The worst of the files against what ACX asks for. */
function soundChecks(
  kind: AudioKind,
  files: readonly NarrationFacts[],
  parts: readonly TimedPart[],
): BookCheck[] {
  const { rmsDb, truePeakDb } = LIMITS[kind];
  const levels = files.map((facts) => facts.rmsDb);
  const [quietest, loudest] = [Math.min(...levels), Math.max(...levels)];
  const peak = Math.max(...files.map((facts) => facts.truePeakDb));
  const floor = Math.max(...files.map(({ noiseFloorDb }) => noiseFloorDb));
  const wanted = parts.reduce((sum, part) => sum + part.length, 0);
  const found = files.reduce((sum, { samples }) => sum + samples, 0);
  return [
    {
      name: 'narration-level',
      ok: quietest >= rmsDb.min && loudest <= rmsDb.max,
      value:
        quietest === loudest ? decibels(quietest) : `${decibels(quietest)} to ${decibels(loudest)}`,
    },
    {
      name: 'narration-peak',
      ok: peak <= truePeakDb,
      value: `${decibels(peak)} true peak`,
    },
    { name: 'noise-floor', ok: floor <= ACX.noiseFloorDb, value: decibels(floor) },
    {
      // The last block of a coded file may be longer than what is in it.
      name: 'narration-length',
      ok: found >= wanted && found - wanted < 2_048 * files.length,
      value: `${(wanted / NARRATION_HZ).toFixed(2)} s`,
    },
  ];
}

function decibels(value: number): string {
  return `${value.toFixed(1).replace('-', '−')} dB`;
}

/** A title as part of a file name on any system. */
function fileName(title: string): string {
  const safe = title
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  return [...safe].slice(0, 60).join('').trim() || 'Part';
}
