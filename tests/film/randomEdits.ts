import type { FilmResult } from '#core/contract/films.ts';
import { addFlicks, flicks } from '#core/time/flicks.ts';
import { frameDuration, type Rate } from '#core/time/rate.ts';
import { packetHashes, pictureStart } from '../support/numberedVariants.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { at, type FilmBench } from './filmBench.ts';

/** A file of numbered footage: when its picture begins, and the number of each picture that it shows. */
export type Source = { path: string; startSeconds: number; numbers: number[] };

/** What a file shows, its frames from 0 on, or what is seen in it where packets of it are hidden. */
export async function sourceOf(path: string, frames: number | 'seen'): Promise<Source> {
  const numbers =
    frames === 'seen'
      ? (await readNumbers(path, 'error')).map(({ number }) => number)
      : Array.from({ length: frames }, (_, frame) => frame);
  return { path, startSeconds: await pictureStart(path), numbers };
}

const hashes = new Map<string, Promise<Set<string>>>();

/** The hashes of a file’s picture packets. */
export function hashesOf(path: string): Promise<Set<string>> {
  const known = hashes.get(path) ?? packetHashes(path).then((all) => new Set(all));
  hashes.set(path, known);
  return known;
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A part of a source, from a frame on and perhaps a fraction of one later; `dim`: not as it is. */
export type Cut = { source: Source; first: number; length: number; shift: number; dim: boolean };

/** A few parts of a few sources, some of them very short. */
export function randomCuts(sources: readonly Source[], next: () => number): Cut[] {
  const whole = (limit: number) => Math.floor(next() * limit);
  const picked = Array.from({ length: 1 + whole(3) }, () => sources[whole(sources.length)]);
  return Array.from({ length: 3 + whole(4) }, () => {
    const source = picked[whole(picked.length)] as Source;
    const length = next() < 0.2 ? 1 + whole(6) : 20 + whole(60);
    // The last frames are left out: a shifted clip shows one frame more than it has.
    const first = whole(source.numbers.length - length - 2);
    // In points need not lie on frames; a third of a frame decides nothing, two thirds do.
    const shift = [0, 0, 0, 1 / 3, 2 / 3][whole(5)] ?? 0;
    return { source, first, length, shift, dim: next() < 0.1 };
  });
}

/** Puts cuts on a timeline one after the other and gives what each frame has to show. */
export async function editOf(
  bench: FilmBench,
  cuts: readonly Cut[],
  frameRate: Rate,
): Promise<{ timeline: string; expected: number[] }> {
  const timeline = bench.timeline({ frameRate });
  const video = bench.track(timeline, 'video');
  const audio = bench.track(timeline, 'audio');
  const assets = new Map<string, string>();
  const expected: number[] = [];
  for (const { source, first, length, shift, dim } of cuts) {
    const assetId = assets.get(source.path) ?? (await bench.asset(source.path));
    assets.set(source.path, assetId);
    const later = flicks(Math.round(shift * frameDuration(frameRate)));
    const sourceRange = {
      in: addFlicks(at(first, frameRate), later),
      out: addFlicks(at(first + length, frameRate), later),
    };
    const start = at(expected.length, frameRate);
    bench.clip(video, start, { assetId, sourceRange, ...(dim ? { opacity: 0.9 } : {}) });
    bench.clip(audio, start, { assetId, sourceRange });
    // The picture of some files begins after their sound.
    const late = (source.startSeconds * frameRate.num) / frameRate.den;
    const shown = Math.ceil(first + shift + 0.5 - late) - 1;
    for (let frame = 0; frame < length; frame++)
      expected.push(source.numbers[Math.max(0, shown + frame)] ?? -1);
  }
  return { timeline, expected };
}

/** How many frames of a film were taken over. */
export function copiedFrames({ spans }: FilmResult): number {
  return spans
    .filter(({ kind }) => kind === 'copy')
    .reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
}
