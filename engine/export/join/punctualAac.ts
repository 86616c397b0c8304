import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { soundArguments } from '../encode/encoders.ts';
import { refuseJoin } from './joinOptions.ts';
import { rawFormat } from '../sound/rawSound.ts';

/**
 * Encodes sound as AAC that is in time where nothing can say that it begins late: players ignore what Matroska says of
 * the delay of AAC. The encoder's first block is the silence it needs in front of the sound; without it every other
 * block stands at its time. Gives the path of an ADTS file.
 * Refuses `export/join-failed`.
 */
export async function encodePunctualAac(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  settings: ExportSettings;
  mix: string;
  folder: string;
  signal: AbortSignal;
}): Promise<string> {
  const { tools, plan, settings, mix, folder, signal } = options;
  const path = join(folder, 'sound.aac');
  const failure = await runFfmpeg(
    tools,
    [
      ...[...rawFormat(plan.sampleRateHz), '-i', mix, ...soundArguments(plan, settings)],
      ...['-flags:a', '+bitexact', '-f', 'adts'],
    ],
    path,
    { signal },
  );
  refuseJoin(failure);
  const coded = await readFile(path);
  await writeFile(path, coded.subarray(firstBlockBytes(coded)));
  return path;
}

/** Length of the first block with its header: 13 bits from bit 30 on (ISO/IEC 13818-7, adts_variable_header). */
function firstBlockBytes(adts: Buffer): number {
  if (adts.length < 7) return 0;
  return ((adts.readUInt8(3) & 3) << 11) | (adts.readUInt8(4) << 3) | (adts.readUInt8(5) >> 5);
}
