import { join } from 'node:path';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { refuse } from '#core/fault.ts';
import { cameraMotion } from '#core/render/steady/cameraMotion.ts';
import { readMotionFields } from '#core/render/steady/motionFields.ts';
import { FLICKS_PER_SECOND, flicksSchema, ZERO } from '#core/time/flicks.ts';
import { DerivedStore } from '../../media/derivedStore.ts';
import { identify } from '../../media/identity.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { openSource } from '../sources/openSource.ts';

const motionSchema = z.object({ x: z.number(), y: z.number(), angle: z.number() });

/** When each picture of a file begins, and how it has moved since the one before. */
const measuredSchema = z.object({ times: z.array(flicksSchema), motions: z.array(motionSchema) });
export type MeasuredMotion = z.infer<typeof measuredSchema>;

/** Name of what is kept; it changes with how it is measured. */
const PIECE = 'motion-1';
/** Movement is measured in whole pixels of pictures of this height or less. */
const MEASURED_HEIGHT = 720;

export type MotionOptions = {
  tools: Ffmpeg;
  cacheDir: string;
  /** For what is written while measuring. */
  folder: string;
  signal: AbortSignal;
  /** How many of the pictures have been measured so far. */
  onPicture?: (count: number) => void;
};

/**
 * The movement of the camera through a whole file, measured once for each content and kept. Refuses
 * `export/motion-failed`.
 */
export async function measureMotion(
  file: FootageFile,
  options: MotionOptions,
): Promise<MeasuredMotion> {
  const store = new DerivedStore(options.cacheDir);
  const { folder } = store.place({ identity: await identify(file.path) });
  const name = `${PIECE}-${file.streamIndex}`;
  const kept = measuredSchema.safeParse(await store.read(folder, name));
  if (kept.success) return kept.data;
  const measured = await measure(file, options);
  // Keeping it is a convenience; a full disk shows elsewhere.
  await store.note(folder, name, measured).catch(() => undefined);
  return measured;
}

async function measure(file: FootageFile, options: MotionOptions): Promise<MeasuredMotion> {
  const height = Math.min(MEASURED_HEIGHT, evenly(file.height));
  const width = evenly((file.width * height) / file.height);
  const opening = openSource(file, ZERO);
  const work = await mkdtemp(join(options.folder, 'motion-'));
  const times: number[] = [];
  const filters = `scale=${width}:${height}:flags=area,format=yuv420p,vidstabdetect=shakiness=8:accuracy=15:result=motion.trf`;
  const failure = await runFfmpeg(
    options.tools,
    [
      ...opening.options,
      ...inputArguments(file.path),
      ...['-map', `0:${file.streamIndex}`, '-vf', filters],
      ...['-fps_mode', 'passthrough', '-enc_time_base', `1/${FLICKS_PER_SECOND}`, '-f', 'framecrc'],
    ],
    'pipe:1',
    {
      cwd: work,
      signal: options.signal,
      onStdoutLine: (line) => {
        const time = /^0, *-?\d+, *(-?\d+),/.exec(line)?.[1];
        if (time === undefined) return;
        times.push(Number(time) + opening.zero);
        options.onPicture?.(times.length);
      },
    },
  );
  const fields =
    failure === null
      ? readMotionFields(await readFile(join(work, 'motion.trf'), 'utf8'), { width, height })
      : null;
  await rm(work, { recursive: true, force: true });
  if (fields === null || fields.length !== times.length) {
    refuse(
      'export/motion-failed',
      'The movement of a clip could not be measured. Switch its effect “Stabilise” off, then export again.',
      { path: file.path, reason: failure ?? `${fields?.length ?? 0} of ${times.length} pictures` },
    );
  }
  return measuredSchema.parse({
    times,
    motions: fields.map((each) => cameraMotion(each, height)),
  });
}

function evenly(side: number): number {
  return Math.max(2, 2 * Math.round(side / 2));
}
