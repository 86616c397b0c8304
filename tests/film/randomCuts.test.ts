import { expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { frameDuration, parseRate, type Rate, rate } from '#core/time/rate.ts';
import { addFlicks, flicks } from '#core/time/flicks.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { NumberedVariants, packetHashes, pictureStart } from '../support/numberedVariants.ts';
import { at, FilmBench } from './filmBench.ts';

const FILMS = Number(process.env['INKREEL_FILMS'] ?? '5');
const SEED = Number(process.env['INKREEL_SEED'] ?? '20261120');
const FRAMES = 150;
const RATES = ['30', '30000/1001'] as const;

const folder = testFolder('random-cuts');

/** The same pictures coded in ways that differ in how far packets can be taken over. */
async function makeSources(frameRate: string): Promise<Source[]> {
  const variants = await NumberedVariants.make(folder, { frames: FRAMES, rate: frameRate });
  const of = (kind: string, extension = 'mp4') =>
    `${kind}-${frameRate.replace('/', '-')}.${extension}`;
  const plain = await variants.encoded(of('plain'), 'bframes=0:keyint=60:scenecut=0');
  const pyramid = await variants.encoded(
    of('pyramid'),
    'bframes=3:b-pyramid=normal:ref=4:keyint=48:scenecut=0:sps-id=4',
  );
  const two = await variants.encoded(of('two'), 'bframes=2:keyint=25:sps-id=9');
  const open = await variants.encoded(
    of('open'),
    'bframes=3:keyint=30:open-gop=1:scenecut=0:sps-id=5',
  );
  const edited = await variants.copied(pyramid, of('edited'), { before: ['-ss', '1.3'] });
  const paths = [
    plain,
    pyramid,
    two,
    open,
    edited,
    await variants.copied(two, of('two', 'mov'), { after: ['-video_track_timescale', '600'] }),
    await variants.copied(pyramid, of('pyramid', 'mkv')),
    // The same numbers of parameter sets as “plain”, with other contents.
    await variants.encoded(of('clashing'), 'bframes=1:keyint=20:ref=2'),
  ];
  return Promise.all(
    paths.map(async (path) => ({
      path,
      startSeconds: await pictureStart(path),
      numbers:
        path === edited
          ? (await readNumbers(path)).map(({ number }) => number)
          : Array.from({ length: FRAMES }, (_, frame) => frame),
    })),
  );
}

type Source = { path: string; startSeconds: number; numbers: number[] };

const hashes = new Map<string, Promise<Set<string>>>();

function hashesOf(path: string): Promise<Set<string>> {
  const known = hashes.get(path) ?? packetHashes(path).then((all) => new Set(all));
  hashes.set(path, known);
  return known;
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Cut = { source: Source; first: number; length: number; shift: number; dim: boolean };

function randomCuts(sources: readonly Source[], next: () => number): Cut[] {
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
async function edit(
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

function copiedFrames({ spans }: FilmResult): number {
  return spans
    .filter(({ kind }) => kind === 'copy')
    .reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
}

it(`${FILMS} random films show the right frame at every place, whether copied or encoded`, async () => {
  const sources = await Promise.all(RATES.map(makeSources));
  let [frames, copied, equal] = [0, 0, 0];
  for (let film = 0; film < FILMS; film++) {
    const next = chance(SEED + film);
    const which = film % RATES.length;
    const bench = new FilmBench(folder);
    const cuts = randomCuts(sources[which] ?? [], next);
    const frameRate = parseRate(RATES[which] ?? '') ?? rate(30);
    const { timeline, expected } = await edit(bench, cuts, frameRate);
    const output = `${folder}/random-${film}.mp4`;
    const told = JSON.stringify(
      cuts.map(({ source, ...rest }) => ({ ...rest, path: source.path.slice(folder.length) })),
    );
    const made = await bench.make(timeline, { output, workers: 1 + (film % 2) });
    const seen = (await readNumbers(output)).map(({ number }) => number);
    expect(seen, `film ${film} of seed ${SEED}: ${told}`).toEqual(expected);
    const from = await Promise.all(cuts.map(({ source }) => hashesOf(source.path)));
    const packets = await packetHashes(output);
    const same = packets.filter((hash) => from.some((some) => some.has(hash))).length;
    expect(same, `packets of film ${film} that are equal to the source’s`).toBe(copiedFrames(made));
    frames += expected.length;
    copied += copiedFrames(made);
    equal += same;
    if (film % 6 !== 0) continue;
    const settings = exportSettingsSchema.parse({
      ...{ encoderPreset: 'veryfast', crf: 10, mode: 'encode' },
    });
    const encoded = `${folder}/encoded-${film}.mp4`;
    const all = await bench.make(timeline, { output: encoded, settings });
    expect(copiedFrames(all)).toBe(0);
    expect((await readNumbers(encoded)).map(({ number }) => number)).toEqual(expected);
  }
  console.log(`${FILMS} films, ${frames} frames, ${copied} copied, ${equal} packets bit-equal`);
  expect(copied).toBeGreaterThan(frames / 4);
  expect(equal).toBeGreaterThan(0);
});
