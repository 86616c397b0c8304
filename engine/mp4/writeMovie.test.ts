import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Cancelled } from '../process/run.ts';
import { box, fullBox, u16, u32 } from './boxes.ts';
import { type Movie, NO_LANGUAGE, type Sample, type Track } from './movie.ts';
import { handlerBox, movieBox } from './movieBox.ts';
import { readMovie } from './readMovie.ts';
import { writeMovie } from './writeMovie.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkreel-movie-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = new AbortController().signal;

/** Two files whose bytes tell where they come from; samples are taken from both, out of order and with gaps. */
const SOURCES = ['a', 'b'].map((name, file) => {
  const path = join(folder, name);
  writeFileSync(
    path,
    Uint8Array.from({ length: 4000 }, (_, at) => (at * 7 + file * 101) % 256),
  );
  return path;
});
const sample = (index: number): Sample => ({
  path: SOURCES[index % 7 === 0 ? 1 : 0] ?? '',
  offset: ((index * 37) % 90) * 40,
  size: 10 + (index % 23),
  duration: 1001 + (index % 5 === 0 ? 1 : 0),
  compositionOffset: [2002, 5005, -1001, 0][index % 4] ?? 0,
  isSync: index % 12 === 0,
});

function track(handler: string, changes: Partial<Track> = {}): Track {
  return {
    handler,
    handlerBox: handlerBox(handler, 'Name'),
    timescale: 30_000,
    language: NO_LANGUAGE,
    sampleDescriptions: fullBox('stsd', {}, u32(1), box('test', u32(7))),
    mediaHeader: fullBox('vmhd', { flags: 1 }, u16(0, 0, 0, 0)),
    width: 320,
    height: 180.5,
    isEnabled: true,
    group: 0,
    chapters: [],
    edits: [{ duration: 4800, mediaTime: 2002 }],
    samples: Array.from({ length: 100 }, (_, index) => sample(index)),
    ...changes,
  };
}

const MOVIE: Movie = {
  timescale: 48_000,
  tracks: [
    track('vide', { chapters: [2] }),
    track('soun', {
      group: 1,
      edits: [
        { duration: 10, mediaTime: -1 },
        { duration: 2 ** 33, mediaTime: 1024 },
      ],
      samples: [sample(3), sample(4)].map((one) => ({
        ...one,
        isSync: true,
        compositionOffset: 0,
      })),
    }),
    track('text', { isEnabled: false, edits: [] }),
  ],
  brand: null,
  userData: box('udta', Buffer.from('anything', 'latin1')),
};

const withoutPlaces = ({ tracks, ...movie }: Movie) => ({
  ...movie,
  tracks: tracks.map((one) => ({
    ...one,
    samples: one.samples.map(({ path: _path, offset: _offset, ...rest }) => rest),
  })),
});

describe('a film that is written', () => {
  it('is read as what was written, with the bytes of each sample where it says', async () => {
    const output = join(folder, 'film.mp4');
    await writeMovie(output, MOVIE, { signal });
    const read = await readMovie(output);
    expect(withoutPlaces(read)).toEqual(withoutPlaces(MOVIE));
    const bytesAt = ({ path, offset, size }: Sample) =>
      readFileSync(path)
        .subarray(offset, offset + size)
        .toString('hex');
    expect(read.tracks.map(({ samples }) => samples.map(bytesAt))).toEqual(
      MOVIE.tracks.map(({ samples }) => samples.map(bytesAt)),
    );
  });

  it('is the same bytes every time', async () => {
    const paths = [join(folder, 'one.mp4'), join(folder, 'two.mp4')];
    for (const path of paths) await writeMovie(path, MOVIE, { signal });
    const [one, two] = paths.map((path) => readFileSync(path, 'hex'));
    expect(one).toBe(two);
  });

  it('has 64-bit places where it is large', async () => {
    const place = 2 ** 32 + 12_345;
    const only = { ...MOVIE, tracks: [track('vide')] };
    const [first] = only.tracks;
    const chunk = { track: 0, start: 0, samples: first?.samples ?? [], offset: place };
    const path = join(folder, 'large.mp4');
    writeFileSync(path, movieBox(only, [chunk], true));
    const read = await readMovie(path);
    expect(read.tracks[0]?.samples[0]?.offset).toBe(place);
    expect(read.tracks[0]?.samples[1]?.offset).toBe(place + 10);
  });

  it('ends when it is cancelled, and when a source is shorter than it was', async () => {
    const output = join(folder, 'none.mp4');
    const aborted = AbortSignal.abort();
    await expect(writeMovie(output, MOVIE, { signal: aborted })).rejects.toThrow(Cancelled);
    const beyond = track('vide', { samples: [{ ...sample(1), offset: 3999, size: 10 }] });
    await expect(writeMovie(output, { ...MOVIE, tracks: [beyond] }, { signal })).rejects.toThrow(
      /ends/,
    );
  });
});
