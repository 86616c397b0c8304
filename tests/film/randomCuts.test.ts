import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { parseRate, rate } from '#core/time/rate.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { NumberedVariants, packetHashes } from '../support/numberedVariants.ts';
import type { FilmExport } from '#engine/export/filmExport.ts';
import { FilmBench } from './filmBench.ts';
import { killExport } from './killedExport.ts';
import {
  chance,
  copiedFrames,
  editOf,
  hashesOf,
  randomCuts,
  type Source,
  sourceOf,
} from './randomEdits.ts';

const FILMS = Number(process.env['INKREEL_FILMS'] ?? '4');
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
  return Promise.all(paths.map((path) => sourceOf(path, path === edited ? 'seen' : FRAMES)));
}

it(
  `${FILMS} random films show the right frame at every place, however they are made`,
  async () => {
    const sources = await Promise.all(RATES.map(makeSources));
    const sum = { frames: 0, copied: 0, equal: 0, killed: 0 };
    for (let film = 0; film < FILMS; film++) {
      const next = chance(SEED + film);
      const which = film % RATES.length;
      const bench = new FilmBench(folder);
      const cuts = randomCuts(sources[which] ?? [], next);
      const frameRate = parseRate(RATES[which] ?? '') ?? rate(30);
      const { timeline, expected } = await editOf(bench, cuts, frameRate);
      const told = `film ${film} of seed ${SEED}: ${JSON.stringify(
        cuts.map(({ source, ...rest }) => ({ ...rest, path: source.path.slice(folder.length) })),
      )}`;
      const numbersIn = async (path: string) =>
        (await readNumbers(path)).map(({ number }) => number);
      const own = join(folder, `film-${film}`);
      await mkdir(own);

      let reports = 0;
      const make = (name: string, more: Partial<FilmExport>) => {
        const place = { output: join(own, `${name}.mp4`), cacheDir: join(own, `cache-${name}`) };
        const report = () => {
          reports += 1;
        };
        return bench.make(timeline, { ...place, ...more }, { report });
      };
      const made = await make('one', { workers: 1 });
      const once = await readFile(made.output);
      expect(await numbersIn(made.output), told).toEqual(expected);
      const from = await Promise.all(cuts.map(({ source }) => hashesOf(source.path)));
      const packets = await packetHashes(made.output);
      const same = packets.filter((hash) => from.some((some) => some.has(hash))).length;
      expect(same, `packets equal to the source’s in ${told}`).toBe(copiedFrames(made));

      const left = 1 + Math.floor(next() * reports);
      for (const workers of [2, 4]) {
        const again = await make(`${workers}`, { workers });
        expect((await readFile(again.output)).equals(once), `${workers} workers, ${told}`).toBe(
          true,
        );
      }
      const place = { output: join(own, 'killed.mp4'), cacheDir: join(own, 'cache-killed') };
      const alone = { folder, writes: bench.project.snapshot(), timelineId: timeline, ...place };
      if (await killExport({ ...alone, workers: 2 }, left)) sum.killed += 1;
      const resumed = await make('killed', { workers: 1 + (film % 2), force: true });
      expect((await readFile(resumed.output)).equals(once), `killed at ${left}, ${told}`).toBe(
        true,
      );

      const settings = exportSettingsSchema.parse({
        ...{ encoderPreset: 'veryfast', crf: 10, mode: 'encode' },
      });
      const encoded = await make('encoded', { settings });
      expect(copiedFrames(encoded)).toBe(0);
      expect(await numbersIn(encoded.output), `encoded, ${told}`).toEqual(expected);
      await rm(own, { recursive: true });
      sum.frames += expected.length;
      sum.copied += copiedFrames(made);
      sum.equal += same;
    }
    console.log(
      `${FILMS} films, ${sum.frames} frames, ${sum.copied} copied, ${sum.equal} packets bit-equal, ${sum.killed} killed`,
    );
    expect(sum.copied).toBeGreaterThan(sum.frames / 4);
    expect(sum.equal).toBeGreaterThan(0);
    expect(sum.killed).toBeGreaterThan(0);
  },
  600_000 + FILMS * 60_000,
);
