import { createHash } from 'node:crypto';
import type { ObjectId } from '#core/model/entities.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { LoudnessTarget } from '#core/render/settings.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { SourceWatch } from '../cache/sourceWatch.ts';
import type { SoundFile } from './decodeSound.ts';

/** Counts up whenever the same plan and sources come to other samples: a change of how sound is read, mixed or levelled. */
const RECIPE = 1;

/**
 * The key of the sound of a plan: a hash of everything that decides its samples. `coding` names how they are encoded;
 * whatever is alike in it comes to the same packets.
 */
export async function soundKey(
  plan: Pick<ExportPlan, 'sound' | 'startSample' | 'endSample' | 'sampleRateHz'>,
  sources: {
    tools: Ffmpeg;
    files: ReadonlyMap<ObjectId, SoundFile>;
    watch: SourceWatch;
    loudness: LoudnessTarget | undefined;
    coding: unknown;
  },
): Promise<string> {
  const { tools, files, watch, loudness, coding } = sources;
  const { sound, startSample, endSample, sampleRateHz } = plan;
  const heard: unknown[] = [];
  for (const assetId of [...sourcesOf(sound)].sort()) {
    const found = files.get(assetId);
    if (found === undefined) continue;
    const { path, ...file } = found;
    heard.push([assetId, await watch.contentOf(path), file]);
  }
  const parts = [RECIPE, tools.version, coding, loudness, heard];
  const mix = [startSample, endSample, sampleRateHz, sound];
  return createHash('sha256')
    .update(JSON.stringify([parts, mix]))
    .digest('hex')
    .slice(0, 40);
}

/** Everything that parts are heard of or make room for. Of the others only pictures are seen. */
function sourcesOf(parts: readonly MixPart[]): Set<ObjectId> {
  const found = new Set<ObjectId>();
  for (const part of parts) {
    if ('assetId' in part) found.add(part.assetId);
    const inside = 'nest' in part ? part.nest.parts : [];
    const others = Object.values(part.duckedBy ?? {}).flat();
    for (const assetId of sourcesOf([...inside, ...others])) found.add(assetId);
  }
  return found;
}
