import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { CONTAINER_IDS, CONTAINERS, type ContainerId } from '#core/render/formats.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { checkFilm } from '#engine/export/check/checkFilm.ts';
import { colorTags } from '#engine/export/check/checkStreams.ts';
import { failedChecks } from '#engine/export/check/filmCheck.ts';
import { mixingAgain } from '#engine/export/sound/mixWindow.ts';
import { sourceFiles } from '#engine/export/sources/sourceFiles.ts';
import { workingFormat } from '#engine/export/sources/workingFormat.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

/*
 * An export looks at a film for as long as making it allows, so a short one at few places. Here films of every kind are
 * looked at wherever a check can: what is right must not be refused just because it is long.
 */

const RATE = rate(25);
/** Source frames of the two clips, out points exclusive. */
const PARTS = [
  [7, 87],
  [110, 160],
] as const;
const folder = testFolder('own-checks');
const bench = new FilmBench(folder);
let timelineId: string;

beforeAll(async () => {
  const source = join(folder, 'source.mov');
  const made = await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=256x144:rate=25:duration=7'],
    ...['-f', 'lavfi'],
    ...['-i', 'anoisesrc=color=pink:amplitude=0.4:seed=3:duration=7:sample_rate=48000'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-c:a', 'pcm_s16le', source],
  ]);
  expect(made.stderr).toBe('');
  const assetId = await bench.asset(source);
  timelineId = bench.timeline({ frameRate: RATE, width: 256, height: 144 });
  for (const kind of ['video', 'audio'] as const) {
    const track = bench.track(timelineId, kind);
    let at = 0;
    for (const [start, end] of PARTS) {
      const sourceRange = { in: frameStart(start, RATE), out: frameStart(end, RATE) };
      bench.clip(track, frameStart(at, RATE), { assetId, sourceRange });
      at += end - start;
    }
  }
});

const kinds = CONTAINER_IDS.flatMap((container) => {
  const { audio } = CONTAINERS[container];
  return (audio.length > 0 ? audio : (['none'] as const)).map((sound) => ({ container, sound }));
});

it.each(kinds)(
  'a film in $container with $sound passes all that can be looked at',
  async (kind) => {
    const { container, sound: audioCodec } = kind;
    const videoCodec = CONTAINERS[container].video[0] ?? 'none';
    const settings = exportSettingsSchema.parse({
      ...{ container, videoCodec, audioCodec, encoderPreset: 'ultrafast' },
    });
    const { output } = await bench.make(timelineId, {
      settings,
      output: fileOf(container, audioCodec),
    });
    const tools = await findFfmpeg();
    const plan = planExport(bench.project, timelineId, settings);
    const places = { projectPath: folder, cacheDir: join(folder, 'cache') };
    const files = await sourceFiles(bench.project, plan, places);
    const { sampleRateHz } = plan;
    const scratch = join(folder, 'mix.f32');
    const read = mixingAgain(plan, { tools, files: files.sounds, scratch });
    const overlays = () => Promise.reject(new Error('This film has no graphics'));
    const checks = await checkFilm({
      ...{ tools, plan, path: output, colors: colorTags(settings) },
      hasSound: audioCodec !== 'none',
      hasPicture: videoCodec !== 'none',
      isPictures: container === 'pictures',
      reference: { files: files.pictures, overlays, format: workingFormat(settings), folder },
      ...(audioCodec === 'none' ? {} : { mix: { read, sampleRateHz } }),
      signal: new AbortController().signal,
    });
    expect(failedChecks(checks)).toEqual([]);
    if (audioCodec !== 'none') {
      const step = checks.find(({ name }) => name === 'Sound in step');
      expect(step?.value).toMatch(/^at most 0\.\d ms apart at 5 places$/);
    }
  },
);

function fileOf(container: ContainerId, audioCodec: string): string {
  const { extension } = CONTAINERS[container];
  const name = `${container}-${audioCodec}`;
  return join(folder, extension === null ? name : `${name}.${extension}`);
}
