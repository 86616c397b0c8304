import { describe, expect, it } from 'vitest';
import { chooseSets } from './chooseSets.ts';
import {
  type AvcConfiguration,
  doSetsClash,
  freeSetId,
  joinAvcConfigurations,
  pictureSetId,
  readAvcConfiguration,
  sequenceSetId,
} from './parameterSets.ts';

/** `avcC` of x264 with `sps-id=4`, High profile, 320 × 180. */
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const X264 = bytesOf('AWQADf/hABhnZAANrNlBQZ+fARAAAD6QAA6mAPFCmWABAAZo6+PLIsD9+PgA');

/** Sets that are told apart by their last byte; ids are Exp-Golomb coded: 0 is “1”, 1 “010”, 2 “011”. */
const GOLOMB = [0x80, 0x40, 0x60] as const;
function configuration(id: 0 | 1 | 2, last: number, profile = 100, level = 30): AvcConfiguration {
  return {
    profile,
    compatibility: 0,
    level,
    lengthBytes: 4,
    sequenceSets: [Uint8Array.of(0x67, profile, 0, level, GOLOMB[id], last)],
    pictureSets: [Uint8Array.of(0x68, GOLOMB[id], last)],
  };
}

describe('parameter sets', () => {
  it('are read from and written to a container as x264 wrote them', () => {
    const read = readAvcConfiguration(X264);
    if (read === null) throw new Error('unreadable');
    expect(read.sequenceSets.map(sequenceSetId)).toEqual([0]);
    expect(read.pictureSets.map(pictureSetId)).toEqual([0]);
    expect(joinAvcConfigurations([read, read])).toEqual(X264);
    expect(readAvcConfiguration(X264.slice(0, 20))).toBeNull();
    expect(readAvcConfiguration(Uint8Array.of(0, 0, 0, 1, 0x67))).toBeNull();
  });

  it('of several streams stand side by side, under the highest profile and level', () => {
    const main = configuration(0, 1, 77, 40);
    const high = configuration(1, 2, 100, 31);
    const joined = readAvcConfiguration(joinAvcConfigurations([main, high, main]));
    expect(joined).toMatchObject({ profile: 100, level: 40, lengthBytes: 4 });
    expect(joined?.sequenceSets).toEqual([...main.sequenceSets, ...high.sequenceSets]);
    expect(joined?.pictureSets).toEqual([...main.pictureSets, ...high.pictureSets]);
  });

  it('clash if they have one number and differ', () => {
    expect(doSetsClash(configuration(0, 1), configuration(0, 1))).toBe(false);
    expect(doSetsClash(configuration(0, 1), configuration(0, 2))).toBe(true);
    expect(doSetsClash(configuration(0, 1), configuration(1, 2))).toBe(false);
    const samePicture = { ...configuration(1, 2), pictureSets: configuration(0, 9).pictureSets };
    expect(doSetsClash(configuration(0, 1), samePicture)).toBe(true);
  });

  it('leave the lowest number that is free', () => {
    expect(freeSetId([configuration(0, 1)])).toBe(1);
    expect(freeSetId([configuration(0, 1), configuration(1, 1)])).toBe(2);
  });
});

describe('the sources that go together', () => {
  const candidate = (assetId: string, frames: number, sets: AvcConfiguration) => ({
    assetId,
    frames,
    configuration: joinAvcConfigurations([sets]),
  });

  it('are those with more frames where two clash', () => {
    const { chosen, refused, id } = chooseSets('h264', [
      candidate('few', 10, configuration(0, 1)),
      candidate('many', 90, configuration(0, 2)),
      candidate('same', 5, configuration(0, 2)),
      candidate('other', 1, configuration(2, 3)),
    ]);
    expect(chosen.map(({ assetId }) => assetId)).toEqual(['many', 'same', 'other']);
    expect([...refused.keys()]).toEqual(['few']);
    expect(refused.get('few')).toMatch(/parameter sets/);
    expect(id).toBe(1);
  });

  it('divide their packets by four bytes', () => {
    const short = candidate('a', 1, configuration(0, 1));
    // The two lowest bits of the fifth byte are the length less one.
    short.configuration[4] = 0xfd;
    expect([...chooseSets('h264', [short]).refused.keys()]).toEqual(['a']);
  });
});
