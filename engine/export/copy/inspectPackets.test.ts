import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { joinHevcConfigurations } from '#core/render/bitstreams/hevcConfiguration.ts';
import type { CopyCodecId } from '#core/render/copyCodecs.ts';
import { PACKET } from '#core/render/packetIndex.ts';
import { testFolder } from '../../../tests/support/folder.ts';
import { inspectPackets } from './inspectPackets.ts';

const folder = testFolder('inspect-packets');
const { sync, closed, open, foreignSets, uneven } = PACKET;

/** Packets as they lie in a file, with the flags that they come out with; the first byte of each says whether it is sync. */
async function flagsOf(
  codec: CopyCodecId,
  packets: readonly { isSync: boolean; bytes: readonly number[] }[],
  configuration: Uint8Array = new Uint8Array(),
): Promise<number[] | null> {
  const path = join(folder, `${codec}.bin`);
  writeFileSync(path, Buffer.concat(packets.map(({ bytes }) => Buffer.from(bytes))));
  const sizes = packets.map(({ bytes }) => bytes.length);
  const offsets = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, one) => sum + one, 0));
  const flags = packets.map(({ isSync }) => (isSync ? sync : 0));
  const decoderConfiguration = Buffer.from(configuration).toString('base64');
  return inspectPackets(
    codec,
    { flags, width: 64, height: 64 },
    { path, isSource: true, sizes, offsets, decoderConfiguration },
  );
}

const unit = (...bytes: readonly number[]) => [0, 0, 0, bytes.length, ...bytes];
/** Units of HEVC by their types: sets, and slices of IDR, CRA and other pictures. */
const SETS = [32, 33, 34].map((type) => [type << 1, 1, 0x40, type]);
const OTHER_SET = unit(34 << 1, 1, 0x40, 99);
const [IDR, CRA, TRAIL] = [20, 21, 1].map((type) => unit(type << 1, 1, 0xaf, 7));

const HVCC = joinHevcConfigurations([
  {
    profileTierLevel: new Uint8Array(12),
    ...{ chromaFormat: 1, bitDepthLuma: 8, bitDepthChroma: 8, lengthBytes: 4 },
    sets: SETS.map((set) => Uint8Array.from(set)),
  },
]);

it('of HEVC, IDR pictures are closed, CRA pictures open, and other sets count until the stream’s own come back', async () => {
  const own = SETS.flatMap((set) => unit(...set));
  const packet = (isSync: boolean, ...bytes: readonly (readonly number[] | undefined)[]) => ({
    isSync,
    bytes: bytes.flatMap((part) => part ?? []),
  });
  expect(
    await flagsOf(
      'hevc',
      [
        packet(true, own, IDR),
        packet(false, TRAIL),
        packet(true, CRA),
        packet(true, TRAIL),
        packet(true, OTHER_SET, CRA),
        packet(true, IDR),
        packet(true, own, IDR),
      ],
      HVCC,
    ),
  ).toEqual([
    ...[sync | closed, 0, sync | open, sync],
    ...[sync | open | foreignSets, sync | closed | foreignSets, sync | closed],
  ]);
  expect(await flagsOf('hevc', [packet(true, IDR)])).toBeNull();
});

it('of VP9, key frames are closed whatever the container says, and a packet without a picture is uneven', async () => {
  const key = (width: number) => [
    0x82,
    0x49,
    0x83,
    0x42,
    0,
    ((width - 1) << 4) >> 8,
    ((width - 1) << 4) & 0xff,
    0x03,
    0xf0,
  ];
  const frames = [key(64), [0x86, 0, 0x40, 0x92, 0x1c], [0x84, 0, 0, 1, 5], key(48)];
  const packets = frames.map((bytes) => ({ isSync: false, bytes }));
  expect(await flagsOf('vp9', packets)).toEqual([closed, 0, uneven, closed | foreignSets]);
  expect(await flagsOf('vp9', [{ isSync: true, bytes: [1, 2, 3] }])).toBeNull();
});

it('of AV1, shown key frames with the header of their sequence are closed', async () => {
  const header = (last: number) => [0x0a, 3, 0, 0, last];
  const [shown, hidden] = [
    [0x32, 2, 0x10, 0],
    [0x32, 2, 0x00, 0],
  ];
  const packet = (...bytes: readonly (readonly number[] | undefined)[]) => ({
    isSync: true,
    bytes: bytes.flatMap((part) => part ?? []),
  });
  expect(
    await flagsOf('av1', [
      packet(header(8), shown),
      packet(shown),
      packet(header(8), hidden),
      packet(header(9), shown),
    ]),
  ).toEqual([sync | closed, sync, sync, sync | closed | foreignSets]);
});
