import { describe, expect, it } from 'vitest';
import { withEmulation, withoutEmulation } from './emulation.ts';
import { asBrokenLink } from './hevcBrokenLink.ts';
import {
  doHevcSetsClash,
  freeHevcId,
  HEVC_SETS,
  hevcSetId,
  hevcUnitType,
  isInterlacedHevc,
  joinHevcConfigurations,
  readHevcConfiguration,
} from './hevcConfiguration.ts';
import { HEVC_PICTURES, hevcRenumbering, hevcReorderDepth } from './hevcSlice.ts';
import { BitReader } from './bitReader.ts';
import { COPY_CODECS } from '../copyCodecs.ts';
import { type Bits, fixedBits, unsignedBits } from './rewriteBits.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** `hvcC` of x265, Main profile, 64 × 64, B-frames that lean on B-frames. */
const HVCC =
  'AQFgAAAAkAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wFgAAADAJAAAAMAAAMAHpWUCSEAAQAoQgEBAWAAAAMAkAAAAwAAAwAeoCCBBZZWWSTK8BaAgAAAAwCAAAAPBCIAAQAHRAHBcrQiQA==';
/** The first group of it: an IDR picture, predicted ones, B-frames; then a CRA picture with one that leans back. */
const PACKETS = [
  'AAAARSgBrwZY/npkqOOyTaBeSFcU6iYhWfHsBJlsVpHhGdPhuqgez4tmZ3plSGrtHoPMUxvu9+9YN5XqjWTHjOF2njny6qU+dA==',
  'AAAAFgIB0Al+EMYMsP7QwJAEmR2MP7YgY4s=',
  'AAAAGgIB0BH/1EMGDJD+w18x7710PmNsTCSUJU80',
  'AAAAGQIB0CiX/3EMBgyQ/sUfGyCXjIKfNx5NeIA=',
  'AAAAEAIB4IIl/9xgy/VrD8zbHaA=',
  'AAAACwAB4Gb//SLBkukW',
  'AAAAWCoBrBhdJcF249LVUQrCIB4feq/9YEI1N/uXWGa5yLN7/N9BSSVyp5iZvMQANg2Lg63S07eSGB9ieTzKP3Av3gNh45XjUEpI5zloZ3JXQ/PDuw+nhhg7jLQ=',
  'AAAAEgIB0FHf9RDBgyT+82uq5vsQ4A==',
].map(bytesOf);
const UNITS = PACKETS.map((packet) => packet.slice(4));

const known = (() => {
  const configuration = readHevcConfiguration(bytesOf(HVCC));
  if (configuration === null) throw new Error('unreadable');
  return configuration;
})();
const renumberedTo = (id: number, from = known) => {
  const renumbering = hevcRenumbering(from, id);
  if (renumbering === null) throw new Error('not as x265 writes it');
  return renumbering;
};

describe('parameter sets of HEVC', () => {
  it('are read from a container and written as they were', () => {
    expect(known.sets.map(hevcUnitType)).toEqual(Object.values(HEVC_SETS));
    expect(known).toMatchObject({ lengthBytes: 4, chromaFormat: 1, bitDepthLuma: 8 });
    expect(readHevcConfiguration(joinHevcConfigurations([known, known]))).toEqual(known);
    expect(isInterlacedHevc(known)).toBe(false);
    expect(hevcReorderDepth(known)).toBe(2);
  });

  it('that are cut short or of another kind are none', () => {
    const bytes = bytesOf(HVCC);
    for (let length = 0; length < bytes.length; length++)
      expect(readHevcConfiguration(bytes.slice(0, length))).toBeNull();
    expect(readHevcConfiguration(Uint8Array.of(0, 0, 0, 1, 0x40, 1))).toBeNull();
  });

  it('of several streams stand side by side, under what holds them all', () => {
    const other = renumberedTo(3).configuration;
    const level = Uint8Array.from(other.profileTierLevel);
    level[11] = 120;
    const joined = readHevcConfiguration(
      joinHevcConfigurations([known, { ...other, profileTierLevel: level }, known]),
    );
    expect(joined?.sets.map(hevcSetId)).toEqual([0, 3, 0, 3, 0, 3]);
    expect(joined?.profileTierLevel[11]).toBe(120);
  });

  it('clash if they have one number and differ', () => {
    expect(doHevcSetsClash(known, known)).toBe(false);
    const changed = { ...known, sets: known.sets.map((set) => Uint8Array.from([...set, 1])) };
    expect(doHevcSetsClash(known, changed)).toBe(true);
    expect(doHevcSetsClash(known, renumberedTo(1).configuration)).toBe(false);
  });

  it('leave the lowest number that is free of all three kinds', () => {
    expect(freeHevcId([known])).toBe(1);
    expect(freeHevcId([known, renumberedTo(1).configuration])).toBe(2);
    const all = Array.from({ length: 15 }, (_, index) => renumberedTo(index + 1).configuration);
    expect(freeHevcId(all)).toBeNull();
  });
});

/** A configuration of streams that reorder their pictures so far, with sets of one number. */
function ordered(depth: number, id: number): Uint8Array {
  const numbers = [id, 1, 64, 64, null, 0, 0, 4, 1, 3, depth, 0, 0, 3, 0, 3, 0, 0];
  const bits = [
    // The unit’s header, the video’s number, one layer, profile and level.
    ...[...fixedBits((HEVC_SETS.sequence << 9) | 1, 16), ...fixedBits(id, 4), ...fixedBits(1, 4)],
    ...fixedBits(0, 96),
    // No cropping; the order of pictures is told; no tools are used, no references listed.
    ...numbers.flatMap(
      (number, at): Bits =>
        number === null || at === 8 ? [number === null ? 0 : 1] : unsignedBits(number),
    ),
    ...[0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
  ];
  const bytes = Array.from({ length: Math.ceil((bits.length + 1) / 8) }, (_, index) =>
    Number.parseInt(
      [...bits, 1]
        .slice(index * 8, index * 8 + 8)
        .join('')
        .padEnd(8, '0'),
      2,
    ),
  );
  const { configuration } = id === 0 ? { configuration: known } : renumberedTo(id);
  const sets = configuration.sets.map((set) =>
    hevcUnitType(set) === HEVC_SETS.sequence ? withEmulation(Uint8Array.from(bytes)) : set,
  );
  return joinHevcConfigurations([{ ...configuration, sets }]);
}

it('streams stand in one track if their numbers differ and they reorder their pictures alike', () => {
  const { whyApart, reorderDepth } = COPY_CODECS.hevc;
  expect(reorderDepth([ordered(1, 0), ordered(1, 2)])).toBe(1);
  expect(whyApart(ordered(2, 0), ordered(2, 0))).toBeNull();
  expect(whyApart(ordered(2, 0), ordered(1, 0))).toMatch(/same numbers/);
  expect(whyApart(ordered(2, 0), ordered(2, 1))).toBeNull();
  expect(whyApart(ordered(2, 0), ordered(1, 1))).toMatch(/reorders/);
});

describe('another number', () => {
  it.each([1, 2, 3, 6, 7, 14, 15])(
    '%i, is one that every slice names, and can be taken back',
    (id) => {
      const there = renumberedTo(id);
      expect(there.configuration.sets.map(hevcSetId)).toEqual([id, id, id]);
      const [, sequence, picture] = there.configuration.sets.map(
        (set) => new BitReader(withoutEmulation(set), 16),
      );
      expect(sequence?.bits(4)).toBe(id);
      expect([picture?.unsigned(), picture?.unsigned()]).toEqual([id, id]);
      const back = renumberedTo(0, there.configuration);
      expect(back.configuration).toEqual(known);
      for (const unit of UNITS) {
        const changed = there.unit(unit);
        expect(changed).not.toEqual(unit);
        // What is coded of the picture is not touched; of short units it is next to nothing.
        if (unit.length > 20) expect(changed?.slice(-6)).toEqual(unit.slice(-6));
        expect(changed && back.unit(changed)).toEqual(unit);
      }
    },
  );

  it('is that of sets within packets too; other units stay as they are', () => {
    const there = renumberedTo(9);
    expect(known.sets.map(there.unit)).toEqual(there.configuration.sets);
    const message = Uint8Array.of(0x4e, 1, 5, 1, 0x80);
    expect(there.unit(message)).toEqual(message);
  });

  it('is not given to what is damaged, which comes to an end all the same', () => {
    const there = renumberedTo(1);
    const [, sequence = new Uint8Array()] = known.sets;
    for (let length = 3; length < sequence.length; length++) {
      const cut = Uint8Array.from([
        ...sequence.slice(0, length),
        ...Array.from({ length: 40 }, () => 0),
      ]);
      const sets = known.sets.map((set) => (set === sequence ? cut : set));
      expect([null, 0, 1, 2, 3, 4, 5, 6, 7]).toContain(hevcReorderDepth({ ...known, sets }));
      hevcRenumbering({ ...known, sets }, 1);
    }
    for (const unit of UNITS) expect(there.unit(unit.slice(0, 3))).toBeNull();
  });

  it('is not given where a stream has several sets of a kind', () => {
    const double = { ...known, sets: [...known.sets, ...renumberedTo(1).configuration.sets] };
    expect(hevcRenumbering(double, 2)).toBeNull();
  });
});

describe('units', () => {
  it('hold nothing that looks like the beginning of another, and come out as they went in', () => {
    const plain = Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0);
    const written = withEmulation(plain);
    expect([...written].join(' ')).toBe('1 0 0 3 0 0 3 0 1 0 0 3 2 0 0 3 3 0 0 4 0 0 3');
    expect(withoutEmulation(written)).toEqual(plain);
  });
});

it('a broken link is the same packet with another type of picture', () => {
  const open = PACKETS[6] ?? new Uint8Array();
  const link = asBrokenLink(open, 4);
  expect(hevcUnitType(open.slice(4))).toBe(HEVC_PICTURES.cleanRandomAccess);
  expect(hevcUnitType(link.slice(4))).toBe(HEVC_PICTURES.brokenLinkNoLeading);
  expect(link.slice(5)).toEqual(open.slice(5));
  const closed = PACKETS[0] ?? new Uint8Array();
  expect(asBrokenLink(closed, 4)).toEqual(closed);
});
