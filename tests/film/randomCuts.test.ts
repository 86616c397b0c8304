import { expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { parseRate, rate } from '#core/time/rate.ts';
import { testFolder } from '../support/folder.ts';
import { readNumbers } from '../support/numberedFootage.ts';
import { NumberedVariants, packetHashes } from '../support/numberedVariants.ts';
import { FilmBench } from './filmBench.ts';
import {
  chance,
  copiedFrames,
  editOf,
  hashesOf,
  randomCuts,
  type Source,
  sourceOf,
} from './randomEdits.ts';

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
  return Promise.all(paths.map((path) => sourceOf(path, path === edited ? 'seen' : FRAMES)));
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
    const { timeline, expected } = await editOf(bench, cuts, frameRate);
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
