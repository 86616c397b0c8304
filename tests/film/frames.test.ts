import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import {
  beepStarts,
  flashStarts,
  makeNumberedFootage,
  readNumbers,
} from '../support/numberedFootage.ts';

const folder = testFolder('frames');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);

/** Parts of the numbered source that the edit uses, in frames: out points exclusive. */
const PARTS = [
  [0, 24],
  [100, 131],
  [47, 49],
  [200, 240],
  [5, 6],
  [120, 168],
] as const;

function otioOf(
  media: string,
  rate: number,
  parts: readonly (readonly [number, number])[],
  sourceFrames: number,
): string {
  const time = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
  const range = (start: number, duration: number) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: time(start),
    duration: time(duration),
  });
  const clip = ([start, end]: readonly [number, number], index: number) => ({
    OTIO_SCHEMA: 'Clip.2',
    name: `part ${index + 1}`,
    source_range: range(start, end - start),
    active_media_reference_key: 'DEFAULT_MEDIA',
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        target_url: media,
        available_range: range(0, sourceFrames),
      },
    },
  });
  const track = (kind: string) => ({
    OTIO_SCHEMA: 'Track.1',
    name: kind,
    kind,
    children: parts.map(clip),
  });
  return JSON.stringify({
    OTIO_SCHEMA: 'Timeline.1',
    name: 'Six parts',
    tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', children: [track('Video'), track('Audio')] },
  });
}

describe('six clips of a numbered source at 24000/1001', () => {
  const expected = PARTS.flatMap(([start, end]) =>
    Array.from({ length: end - start }, (_, index) => start + index),
  );

  beforeAll(async () => {
    await makeNumberedFootage({ path: at('numbers.mp4'), frames: 250, rate: '24000/1001' });
    writeFileSync(at('six.otio'), otioOf('numbers.mp4', 24000 / 1001, PARTS, 250));
    await cliJson(
      ['project', 'new', at('six.inkreel'), '--fps', '24000/1001', '--size', '320x180'],
      env,
    );
  });

  it('come in from OTIO, go out as a film without one wrong frame, and as OTIO without one wrong time', async () => {
    const { timelineId, losses } = await cliJson<{ timelineId: string; losses: unknown[] }>(
      ['timeline', 'import', at('six.inkreel'), at('six.otio')],
      env,
    );
    expect(losses).toEqual([]);
    const film = await cliJson<FilmResult>(
      [
        'export',
        at('six.inkreel'),
        '--timeline',
        timelineId,
        '--out',
        at('six.mp4'),
        '--encoder-preset',
        'veryfast',
      ],
      env,
    );
    expect(film.frames).toBe(expected.length);
    const seen = await readNumbers(at('six.mp4'));
    expect(seen.map((frame) => frame.number)).toEqual(expected);

    await cliJson(
      ['timeline', 'export', at('six.inkreel'), at('again.otio'), '--timeline', timelineId],
      env,
    );
    const again = await cliJson<{ timelineId: string; losses: unknown[] }>(
      ['timeline', 'import', at('six.inkreel'), at('again.otio')],
      env,
    );
    expect(again.losses).toEqual([]);
    const info = await cliJson<{
      timelines: {
        id: string;
        tracks: {
          kind: string;
          items: {
            kind: string;
            startFrame: number;
            durationFrames: number;
            sourceRange: unknown;
          }[];
        }[];
      }[];
    }>(['project', 'info', at('six.inkreel')], env);
    const clipsOf = (id: string) =>
      info.timelines
        .find((timeline) => timeline.id === id)
        ?.tracks.map((track) =>
          track.items.map(({ kind, startFrame, durationFrames, sourceRange }) => ({
            kind,
            startFrame,
            durationFrames,
            sourceRange,
          })),
        );
    expect(clipsOf(timelineId)?.[0]).toHaveLength(PARTS.length);
    expect(clipsOf(again.timelineId)).toEqual(clipsOf(timelineId));
  });

  it('are the same bytes whatever the number of workers', async () => {
    const info = await cliJson<{ timelines: { id: string; durationFrames: number }[] }>(
      ['project', 'info', at('six.inkreel')],
      env,
    );
    const timelineId = info.timelines.find((timeline) => timeline.durationFrames > 0)?.id ?? '';
    const { readFileSync } = await import('node:fs');
    const films = [];
    for (const jobs of ['1', '3']) {
      const out = at(`jobs-${jobs}.mp4`);
      await cliJson(
        [
          'export',
          at('six.inkreel'),
          '--timeline',
          timelineId,
          '--out',
          out,
          '--jobs',
          jobs,
          '--encoder-preset',
          'veryfast',
        ],
        env,
      );
      films.push(readFileSync(out));
    }
    expect(films[0]?.equals(films[1] as Buffer)).toBe(true);
  });
});

describe('sources of other rates and sizes on a 30 fps timeline', () => {
  const sources = [
    { name: 'a25.mp4', rate: '25', size: '640x360', num: 25, den: 1 },
    { name: 'b2997.mp4', rate: '30000/1001', size: '320x180', num: 30_000, den: 1001 },
    { name: 'c60.mp4', rate: '60', size: '480x270', num: 60, den: 1 },
    { name: 'd30.mp4', rate: '30', size: '320x180', num: 30, den: 1 },
  ];
  let importedIds: string[];
  let timelineId: string;

  beforeAll(async () => {
    for (const source of sources) {
      await makeNumberedFootage({
        path: at(source.name),
        frames: Math.round((source.num / source.den) * 4),
        rate: source.rate,
        size: source.size,
      });
    }
    const made = await cliJson<{ timelineId: string }>(
      ['project', 'new', at('mixed.inkreel'), '--fps', '30', '--size', '320x180'],
      env,
    );
    timelineId = made.timelineId;
    const { assets } = await cliJson<{ assets: { id: string }[] }>(
      ['media', 'import', at('mixed.inkreel'), ...sources.map((source) => at(source.name))],
      env,
    );
    importedIds = assets.map((asset) => asset.id);
  });

  it('show the last source frame that starts before the middle of each frame, with sound in time', async () => {
    const first = 20;
    const length = 60;
    writeFileSync(
      at('mixed.json'),
      JSON.stringify(
        importedIds.map((assetId) => ({
          type: 'clip.append',
          timelineId,
          assetId,
          in: `${first}f`,
          out: `${first + length}f`,
        })),
      ),
    );
    await cliJson(['edit', at('mixed.inkreel'), '--commands', at('mixed.json')], env);
    await cliJson(
      ['export', at('mixed.inkreel'), '--out', at('mixed.mp4'), '--encoder-preset', 'veryfast'],
      env,
    );
    const seen = await readNumbers(at('mixed.mp4'));
    // In whole numbers: the middle of frame n is (2n + 1) / 60 s, source frame k starts at k × den / num s.
    const expected = sources.flatMap(({ num, den }) =>
      Array.from({ length }, (_, index) =>
        Math.floor(((2 * (first + index) + 1) * num - 1) / (60 * den)),
      ),
    );
    expect(seen.map((frame) => frame.number)).toEqual(expected);
  });

  it('keep flash and beep together', async () => {
    const seen = await readNumbers(at('mixed.mp4'));
    const flashes = flashStarts(seen, 30);
    const beeps = await beepStarts(at('mixed.mp4'));
    const pairs = beeps.flatMap((beep) => {
      const nearest = flashes.reduce(
        (best, flash) => (Math.abs(flash - beep) < Math.abs(best - beep) ? flash : best),
        Number.POSITIVE_INFINITY,
      );
      return Math.abs(nearest - beep) < 0.3 ? [nearest - beep] : [];
    });
    expect(pairs.length).toBeGreaterThanOrEqual(4);
    const worstMs = Math.max(...pairs.map((difference) => Math.abs(difference) * 1000));
    console.log(`flash against beep: worst ${worstMs.toFixed(1)} ms over ${pairs.length} beeps`);
    // A flash can only begin with a frame: up to half a frame beside its beep, and no more.
    expect(worstMs).toBeLessThanOrEqual(20);
  });
});
