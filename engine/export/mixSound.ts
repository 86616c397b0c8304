import { type FileHandle, open } from 'node:fs/promises';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { BYTES_PER_FRAME, decodeSound, type SoundFile } from './decodeSound.ts';
import { soundFilters } from './effectFilters.ts';
import { createAdder } from './mixAdder.ts';
import { retimedSound } from './retimedSound.ts';

/**
 * Mixes the sound of a plan into a file of raw 32-bit float stereo samples, exact to the sample, whatever the number
 * and length of the parts: each is decoded in one piece and added in place. Assets without a file are silent.
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
  const { plan, files } = options;
  const total = plan.endSample - plan.startSample;
  const mix = await open(options.output, 'w+');
  try {
    // Silence everywhere, without writing it: the file is sparse until something sounds.
    await mix.truncate(total * BYTES_PER_FRAME);
    for (const [index, part] of plan.sound.entries()) {
      const file = files.get(part.assetId);
      if (file !== undefined) {
        await addPart({ ...options, part, file, mix, scratch: `${options.output}.recorded` });
      }
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
  scratch: string;
  signal: AbortSignal;
}): Promise<void> {
  const { plan, part, mix } = options;
  const { sampleRateHz } = plan;
  const first = Math.max(part.startSample, plan.startSample);
  const last = Math.min(part.endSample, plan.endSample);
  const samples = last - first;
  const place = { first, mixStart: plan.startSample, samples, sampleRateHz };
  const adder = createAdder(mix, part, place);
  const filters = soundFilters((part.effects ?? []).flatMap(({ effects }) => effects));
  const { retime } = part;
  if (retime !== undefined) {
    await retimedSound({
      ...options,
      part: { ...part, retime },
      sampleRateHz,
      first,
      last,
      filters,
      onData: adder.add,
    });
  } else {
    const skipped = frameStart(first - part.startSample, { num: sampleRateHz, den: 1 });
    const from = addFlicks(part.sourceIn, skipped);
    await decodeSound({ ...options, sampleRateHz, from, samples, filters, onData: adder.add });
  }
  await adder.end();
}
