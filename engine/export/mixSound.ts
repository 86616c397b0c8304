import { type FileHandle, open } from 'node:fs/promises';
import { refuse } from '#core/fault.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import {
  addFlicks,
  decimalSeconds,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  maxFlicks,
  subtractFlicks,
  ZERO,
} from '#core/time/flicks.ts';
import { frameStart, sampleAt } from '#core/time/rate.ts';
import { inputArguments } from '../media/probe.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

/** The mix is stereo, 32-bit float, interleaved. */
export const MIX_CHANNELS = 2;
const BYTES_PER_FRAME = MIX_CHANNELS * 4;
/** Decoders need a little sound before the first sample to be exact from it on. */
const PREROLL: Flicks = flicks(FLICKS_PER_SECOND / 5);

export type SoundFile = { path: string; streamIndex: number };

/**
 * Mixes the sound of a plan into a file of raw 32-bit float stereo samples, exact to the sample, whatever the number
 * and length of the parts: each is decoded in one piece and added in place.
 * Refuses `export/sound-failed`.
 */
export async function mixSound(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  files: ReadonlyMap<string, SoundFile>;
  output: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}): Promise<void> {
  const { plan, files, signal } = options;
  const total = plan.endSample - plan.startSample;
  const mix = await open(options.output, 'w+');
  try {
    // Silence everywhere, without writing it: the file is sparse until something sounds.
    await mix.truncate(total * BYTES_PER_FRAME);
    for (const [index, part] of plan.sound.entries()) {
      const file = files.get(part.assetId);
      if (file === undefined) throw new Error(`No file was given for asset ${part.assetId}`);
      await addPart({ tools: options.tools, plan, part, file, mix, signal });
      options.onProgress((index + 1) / plan.sound.length);
    }
  } finally {
    await mix.close();
  }
}

async function addPart(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  part: SoundPart;
  file: SoundFile;
  mix: FileHandle;
  signal: AbortSignal;
}): Promise<void> {
  const { plan, part, file, mix } = options;
  const rate = plan.sampleRateHz;
  const first = Math.max(part.startSample, plan.startSample);
  const last = Math.min(part.endSample, plan.endSample);
  const skipped = first - part.startSample;
  const sourceIn = addFlicks(part.sourceIn, frameStart(skipped, { num: rate, den: 1 }));
  const opened = maxFlicks(ZERO, subtractFlicks(sourceIn, PREROLL));
  const preroll = sampleAt(subtractFlicks(sourceIn, opened), rate);
  const samples = last - first;
  const filters = [
    `aresample=${rate}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `atrim=start_sample=${preroll}:end_sample=${preroll + samples}`,
  ];
  const adder = createAdder(mix, part, { first, mixStart: plan.startSample, samples });
  const failure = await runFfmpeg(
    options.tools,
    [
      ...(opened > 0 ? ['-ss', decimalSeconds(opened)] : []),
      ...inputArguments(file.path),
      ...['-map', `0:${file.streamIndex}`],
      ...['-af', filters.join(',')],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le'],
    ],
    'pipe:1',
    { signal: options.signal, onStdoutData: adder.add },
  );
  await adder.end();
  if (failure !== null) {
    refuse(
      'export/sound-failed',
      'The sound of a clip could not be read. The project is unchanged; the details say what ffmpeg reported.',
      {
        clipId: part.clipId,
        reason: failure,
      },
    );
  }
}

/** Adds decoded samples to the mix in the order in which they come. */
function createAdder(
  mix: FileHandle,
  part: SoundPart,
  place: { first: number; mixStart: number; samples: number },
): { add: (chunk: Buffer) => void; end: () => Promise<void> } {
  let rest: Buffer = Buffer.alloc(0);
  let done = 0;
  let pending: Promise<void> = Promise.resolve();
  return {
    add(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const frames = Math.min(Math.floor(bytes.length / BYTES_PER_FRAME), place.samples - done);
      rest = Buffer.from(bytes.subarray(frames * BYTES_PER_FRAME));
      if (frames <= 0) return;
      const at = place.first + done;
      const block = Buffer.from(bytes.subarray(0, frames * BYTES_PER_FRAME));
      done += frames;
      pending = pending.then(() => addBlock(mix, part, block, at, at - place.mixStart));
    },
    end: () => pending,
  };
}

async function addBlock(
  mix: FileHandle,
  part: SoundPart,
  block: Buffer,
  sample: number,
  mixFrame: number,
): Promise<void> {
  const present = Buffer.alloc(block.length);
  await mix.read(present, 0, block.length, mixFrame * BYTES_PER_FRAME);
  const frames = block.length / BYTES_PER_FRAME;
  for (let frame = 0; frame < frames; frame++) {
    const factor = part.gain * fadeFactor(part, sample + frame);
    for (let channel = 0; channel < MIX_CHANNELS; channel++) {
      const offset = frame * BYTES_PER_FRAME + channel * 4;
      present.writeFloatLE(
        present.readFloatLE(offset) + factor * block.readFloatLE(offset),
        offset,
      );
    }
  }
  await mix.write(present, 0, present.length, mixFrame * BYTES_PER_FRAME);
}

/** Linear fades at both ends of a part, measured at the middle of each sample. */
export function fadeFactor(part: SoundPart, sample: number): number {
  const fromStart = sample + 0.5 - part.startSample;
  const toEnd = part.endSample - sample - 0.5;
  const fadeIn = part.fadeInSamples > 0 ? Math.min(1, fromStart / part.fadeInSamples) : 1;
  const fadeOut = part.fadeOutSamples > 0 ? Math.min(1, toEnd / part.fadeOutSamples) : 1;
  return Math.max(0, fadeIn) * Math.max(0, fadeOut);
}
