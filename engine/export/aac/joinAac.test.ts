import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Track } from '../../mp4/movie.ts';
import type { AacStretch } from './aacStretches.ts';
import { aacWindow } from './aacWindow.ts';
import { joinAac } from './joinAac.ts';

/** A packet as `ics_info` begins in it (ISO/IEC 14496-3), with the windows 0 to 7; null: each side has its own. */
const pair = (window: number | null) =>
  Buffer.from(window === null ? [0x20, 0, 0, 0] : [0x21, window << 4, 0, 0]);
const single = (window: number) => Buffer.from([0, 0, window << 5, 0]);

describe('windows of a packet', () => {
  it('are read of one channel and of a pair', () => {
    for (let window = 0; window < 8; window++) {
      expect(aacWindow(single(window))).toBe(window);
      expect(aacWindow(pair(window))).toBe(window);
    }
  });

  it('are unknown where the sides differ, where something else comes first, and of a torn packet', () => {
    expect(aacWindow(pair(null))).toBeNull();
    expect(aacWindow(Buffer.from([0xc0, 0, 0, 0]))).toBeNull();
    expect(aacWindow(Buffer.from([0x21, 0]))).toBeNull();
  });
});

describe('stretches', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkreel-join-aac-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const track = (name: string, windows: readonly (number | null)[]): Track => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat(windows.map(pair)));
    return {
      ...{ handler: 'soun', handlerBox: Buffer.alloc(0), timescale: 48_000, language: 0 },
      ...{ sampleDescriptions: Buffer.alloc(0), mediaHeader: Buffer.alloc(0), width: 0, height: 0 },
      ...{ isEnabled: true, group: 0, chapters: [], edits: [] },
      samples: windows.map((_, index) => ({
        ...{ path, offset: index * 4, size: 4, duration: 1_024 },
        ...{ compositionOffset: 0, isSync: true },
      })),
    };
  };
  const bounds = { fromSample: 0, toSample: 0 };
  const stretches: AacStretch[] = [
    { firstPacket: 0, lastStart: 0, origin: 0, ...bounds },
    { firstPacket: 6, lastStart: 9, origin: 4, ...bounds },
  ];
  const places = (joined: Track | null) =>
    joined?.samples.map(({ path, offset }) => `${path.at(-1)}${offset / 4}`).join(' ');

  it('follow each other behind the first packet whose windows are the same in both', async () => {
    const a = track('a', [1, 1, 1, 1, 1, 1, 2, 3, 1, 1]);
    const b = track('b', [1, 4, 5, 3, 1, 1]);
    expect(places(await joinAac(stretches, [a, b]))).toBe('a0 a1 a2 a3 a4 a5 a6 a7 b4 b5');
  });

  it('do not where the windows of no packet are known to be the same', async () => {
    const a = track('a', [1, 1, 1, 1, 1, null, 2, 3, 1, 1]);
    const b = track('b', [1, null, 5, 4, 2, 1]);
    expect(await joinAac(stretches, [a, b])).toBeNull();
  });

  it('are one where there is one', async () => {
    const a = track('a', [1, 2]);
    expect(places(await joinAac(stretches.slice(0, 1), [a]))).toBe('a0 a1');
  });
});
