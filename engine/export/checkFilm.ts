import { z } from 'zod';
import { type ExportPlan, planDuration } from '#core/render/planExport.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import { inputArguments } from '../media/probe.ts';
import { run } from '../process/run.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

export type FilmCheck = { name: string; ok: boolean; value: string };

const probed = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      nb_read_packets: z.string().optional(),
      start_time: z.string().optional(),
      duration: z.string().optional(),
      width: z.int().optional(),
      height: z.int().optional(),
    }),
  ),
});

/** Compares a finished film with its plan: frames, size, length, and where sound begins against the picture. */
export async function checkFilm(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  path: string;
  hasSound: boolean;
  signal: AbortSignal;
}): Promise<FilmCheck[]> {
  const { tools, plan, path, hasSound, signal } = options;
  const { stdout } = await run(
    tools.ffprobe,
    [
      '-v',
      'error',
      '-count_packets',
      '-show_entries',
      'stream=codec_type,nb_read_packets,start_time,duration,width,height',
      '-print_format',
      'json',
      ...inputArguments(path),
    ],
    { signal },
  );
  const { streams } = probed.parse(JSON.parse(stdout));
  const video = streams.find((stream) => stream.codec_type === 'video');
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  const onTime = await framesOnTime(tools, plan, path, signal);
  const frames = plan.endFrame - plan.startFrame;
  const expectedMs = (planDuration(plan) / FLICKS_PER_SECOND) * 1000;
  const frameMs = (frameDuration(plan.frameRate) / FLICKS_PER_SECOND) * 1000;
  const ms = (seconds: string | undefined) => Number(seconds ?? Number.NaN) * 1000;
  const checks: FilmCheck[] = [
    {
      name: 'Frames',
      ok: Number(video?.nb_read_packets) === frames,
      value: `${video?.nb_read_packets ?? 'none'} of ${frames}`,
    },
    { name: 'Frame times', ok: onTime === frames, value: `${onTime} of ${frames} on time` },
    {
      name: 'Size',
      ok: video?.width === plan.width && video.height === plan.height,
      value: `${video?.width ?? 0} × ${video?.height ?? 0}`,
    },
    {
      name: 'Picture length',
      ok: Math.abs(ms(video?.duration) - expectedMs) < frameMs / 2,
      value: `${(ms(video?.duration) / 1000).toFixed(3)} s of ${(expectedMs / 1000).toFixed(3)} s`,
    },
  ];
  if (!hasSound) return checks;
  const offset = ms(audio?.start_time) - ms(video?.start_time);
  // AAC comes in blocks of 1024 samples, so its last block may reach past the picture.
  const blockMs = (1024 / plan.sampleRateHz) * 1000;
  return [
    ...checks,
    {
      name: 'Sound begins with picture',
      ok: Math.abs(offset) <= 1,
      value: `${offset.toFixed(1)} ms apart`,
    },
    {
      name: 'Sound length',
      ok: Math.abs(ms(audio?.duration) - expectedMs) <= blockMs + 1,
      value: `${(ms(audio?.duration) / 1000).toFixed(3)} s`,
    },
  ];
}

/** How many of the plan's frames stand at exactly their time in the file. */
async function framesOnTime(
  tools: Ffmpeg,
  plan: ExportPlan,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  const times = new Set<number>();
  await run(
    tools.ffprobe,
    [
      '-v',
      'error',
      '-select_streams',
      'v:0',
      '-show_entries',
      'packet=pts',
      '-of',
      'csv=p=0',
      ...inputArguments(path),
    ],
    {
      signal,
      onStdoutLine: (line) => {
        const ticks = Number.parseInt(line, 10);
        if (ticks % plan.frameRate.den === 0) times.add(ticks / plan.frameRate.den);
      },
    },
  );
  let onTime = 0;
  for (let frame = 0; frame < plan.endFrame - plan.startFrame; frame++)
    if (times.has(frame)) onTime += 1;
  return onTime;
}
