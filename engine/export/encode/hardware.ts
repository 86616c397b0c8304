import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VIDEO_CODECS } from '#core/render/formats.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { formatRate } from '#core/time/rate.ts';
import { Cancelled, run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { pictureEncoding, softwareEncoder } from './encoders.ts';
import { hardwareEncoders } from './hardwareEncoders.ts';

/** The encoder that a film is made with. */
export type ChosenEncoder = {
  /** As ffmpeg names it. */
  name: string;
  isHardware: boolean;
  /** Why it is not the hardware that was asked for. */
  fallback?: string;
};

const TRIAL_FRAMES = 12;
/** Encoders that hang do so at once. */
const TRIAL_MS = 20_000;
/** Pictures of a real encoder stay far above; grey, green or shifted ones far below. */
const LEAST_SSIM = 0.9;

/**
 * Settings with the encoder that is used, and what there is to say about it. Hardware is used only after a trial: a few
 * pictures of the film’s size are encoded, decoded and compared with what they were. Where none passes, the film is made
 * by software.
 */
export async function chooseEncoder(
  tools: Ffmpeg,
  plan: ExportPlan,
  settings: ExportSettings,
  signal: AbortSignal,
): Promise<{ settings: ExportSettings; encoder: ChosenEncoder | null }> {
  const { videoCodec, encoder: wanted } = settings;
  if (videoCodec === 'none') return { settings, encoder: null };
  const software = { name: softwareEncoder(videoCodec), isHardware: false };
  if (wanted === 'software') return { settings, encoder: software };
  const inSoftware = (fallback: string) => ({
    settings: { ...settings, encoder: 'software' as const },
    encoder: { ...software, fallback },
  });
  const candidates = hardwareEncoders(videoCodec, settings);
  const { name } = VIDEO_CODECS[videoCodec];
  if (candidates.length === 0)
    return inSoftware(`No hardware encodes ${name} with these settings.`);
  const known = await knownEncoders(tools, signal);
  const reasons: string[] = [];
  for (const candidate of candidates.filter((one) => known.has(one))) {
    // Copied packets go together with what x264 writes, not with what hardware does.
    const tried = { ...settings, mode: 'encode' as const, hardwareEncoder: candidate };
    const trouble = await trial(tools, plan, tried, signal);
    if (trouble === null)
      return { settings: tried, encoder: { name: candidate, isHardware: true } };
    reasons.push(`${candidate}: ${trouble}`);
  }
  return inSoftware(
    reasons.length === 0
      ? `This ffmpeg has no hardware encoder of ${name}.`
      : `No hardware encoder of ${name} works on this computer (${reasons.join('; ')}).`,
  );
}

async function knownEncoders(tools: Ffmpeg, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  await run(tools.ffmpeg, ['-hide_banner', '-encoders'], {
    signal,
    onStdoutLine: (line) => {
      const name = /^ V\S{5} (\S+)/.exec(line)?.[1];
      if (name !== undefined) names.add(name);
    },
  });
  return names;
}

/** Why a hardware encoder cannot be used; null when its pictures are right. */
async function trial(
  tools: Ffmpeg,
  plan: ExportPlan,
  settings: ExportSettings,
  outer: AbortSignal,
): Promise<string | null> {
  const encoding = pictureEncoding(plan, settings);
  if (encoding === null) return 'there is no picture';
  const folder = await mkdtemp(join(tmpdir(), 'inkreel-trial-'));
  const signal = AbortSignal.any([outer, AbortSignal.timeout(TRIAL_MS)]);
  const path = join(folder, `trial.${encoding.extension}`);
  const source = `testsrc2=size=${plan.width}x${plan.height}:rate=${formatRate(plan.frameRate)}`;
  const picture = ['-f', 'lavfi', '-i', source];
  try {
    const frames = ['-frames:v', String(TRIAL_FRAMES)];
    const encoded = await run(
      tools.ffmpeg,
      [
        ...['-v', 'error', '-y', '-nostdin', ...picture],
        ...['-vf', `format=yuv420p,${encoding.filter}`, ...frames, ...encoding.arguments, path],
      ],
      { signal },
    );
    if (encoded.exitCode !== 0) return lastWords(encoded.stderr);
    return await compare(tools, { path, picture, signal });
  } catch (error) {
    if (outer.aborted || !(error instanceof Cancelled)) throw error;
    return 'it did not answer in time';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Why the pictures of a trial are not those that were encoded; null when they are. */
async function compare(
  tools: Ffmpeg,
  { path, picture, signal }: { path: string; picture: readonly string[]; signal: AbortSignal },
): Promise<string | null> {
  const likeness: number[] = [];
  const compared = await run(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', '-i', path, ...picture],
      '-lavfi',
      '[0:v]format=yuv420p,setpts=N[made];[1:v]format=yuv420p,setpts=N[source];[made][source]ssim=stats_file=-:shortest=1',
      ...['-f', 'null', '-'],
    ],
    {
      signal,
      onStdoutLine: (line) => {
        const all = /All:(-?[\d.]+)/.exec(line)?.[1];
        if (all !== undefined) likeness.push(Number(all));
      },
    },
  );
  if (compared.exitCode !== 0) return lastWords(compared.stderr);
  if (likeness.length !== TRIAL_FRAMES)
    return `it made ${likeness.length} of ${TRIAL_FRAMES} pictures`;
  const worst = Math.min(...likeness);
  return worst >= LEAST_SSIM ? null : `its pictures are wrong (SSIM ${worst.toFixed(2)})`;
}

function lastWords(stderr: string): string {
  return stderr.trim().split('\n').at(-1)?.slice(-200) ?? 'it failed';
}
