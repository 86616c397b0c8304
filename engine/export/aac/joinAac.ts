import { open } from 'node:fs/promises';
import type { Sample, Track } from '../../mp4/movie.ts';
import type { AacStretch } from './aacStretches.ts';
import { aacWindow, WINDOW_BYTES } from './aacWindow.ts';

/**
 * One track of stretches that were encoded by themselves. A packet is heard together with the half of the one before it,
 * so a stretch may follow another behind a packet that both have and whose windows are the same in both: then each half
 * fits the other, as if one encoder had written them. Null where there is no such place.
 */
export async function joinAac(
  stretches: readonly AacStretch[],
  tracks: readonly Track[],
): Promise<Track | null> {
  const [first] = tracks;
  if (first === undefined) return null;
  const parts = stretches.map((stretch, index) => ({
    stretch,
    samples: tracks[index]?.samples ?? [],
  }));
  const samples: Sample[] = [];
  for (const [index, part] of parts.entries()) {
    const { origin } = part.stretch;
    const next = parts[index + 1];
    const end = next ? await placeOf(next, part) : origin + part.samples.length;
    if (end === null) return null;
    samples.push(...part.samples.slice(samples.length - origin, end - origin));
  }
  return { ...first, samples };
}

type Part = { stretch: AacStretch; samples: readonly Sample[] };

/** The first packet that may be taken of a part behind the one before it. */
async function placeOf(part: Part, before: Part): Promise<number | null> {
  const { firstPacket, lastStart } = part.stretch;
  for (let place = firstPacket; place <= lastStart; place++) {
    const window = await windowAt(before, place - 1);
    if (window !== null && window === (await windowAt(part, place - 1))) return place;
  }
  return null;
}

async function windowAt({ stretch, samples }: Part, packet: number): Promise<number | null> {
  const sample = samples[packet - stretch.origin];
  if (sample === undefined) return null;
  const file = await open(sample.path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(WINDOW_BYTES, sample.size));
    await file.read(bytes, 0, bytes.length, sample.offset);
    return aacWindow(bytes);
  } finally {
    await file.close();
  }
}
