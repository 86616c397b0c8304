import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { PACKET, type PacketIndex, packetOrder } from '#core/render/packetIndex.ts';
import { rate } from '#core/time/rate.ts';
import { testFolder } from '../../../tests/support/folder.ts';
import { pictureEncoding } from '../encode/encoders.ts';
import { findBox } from '../../mp4/boxes.ts';
import { movieBox } from '../../mp4/movieBox.ts';
import { linkedPart } from './changedPackets.ts';
import { beginningOf, copiedPart } from './picturePart.ts';
import { movieOf, type PictureFormat } from './pictureTrack.ts';

const folder = testFolder('picture-part');
const SIZE = 7;
const CRA = 21;
const BROKEN_LINK = 18;

/** Packets of HEVC of one unit each: an IDR picture, one more, a CRA picture, two shown before it, two after it. */
const RANKS = [0, 1, 4, 2, 3, 5, 6];
const path = join(folder, 'packets.bin');
const types = [20, 1, CRA, 9, 8, 1, 1];
writeFileSync(path, Buffer.from(types.flatMap((type, at) => [0, 0, 0, 3, type << 1, 1, at])));

const index: PacketIndex = {
  ...{ container: 'mov,mp4', codec: 'hevc', profile: 'Main', width: 64, height: 64 },
  ...{ hasSquarePixels: true, pixelFormat: 'yuv420p', fieldOrder: 'progressive', rotation: 0 },
  color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
  ...{ timeBase: rate(1, 30), startTick: 0, decoderConfiguration: '' },
  times: RANKS,
  sizes: RANKS.map(() => SIZE),
  offsets: RANKS.map((_, packet) => packet * SIZE),
  flags: [PACKET.sync | PACKET.closed, 0, PACKET.sync | PACKET.open, 0, 0, 0, 0],
};
const order = packetOrder(index);
if (order === null) throw new Error('no order');
const lying = {
  path,
  isSource: true,
  sizes: index.sizes,
  offsets: index.offsets ?? [],
  decoderConfiguration: '',
};
const source = { index, order, lying };
const run = { assetId: 'asset', startFrame: 10 };

it('is packets in the order of decoding with their places in that of presentation', () => {
  const { packets } = copiedPart(source, { ...run, endFrame: 17, firstPacket: 0 });
  expect(packets.map(({ offset }) => offset / SIZE)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(packets.map(({ rank }) => rank)).toEqual(RANKS);
  expect(packets.map(({ isSync }) => isSync)).toEqual([
    true,
    false,
    true,
    ...[0, 0, 0, 0].map(() => false),
  ]);
  expect(packets.map(({ isOpen = false }) => isOpen).indexOf(true)).toBe(2);
});

it('begins with an open sync frame without what leans further back, marked as a link that is broken', async () => {
  const open = { ...run, endFrame: 13, firstPacket: 4, openPacket: 2 };
  const part = copiedPart(source, open);
  expect(part.packets.map(({ offset, rank }) => [offset / SIZE, rank])).toEqual([
    [2, 0],
    [5, 1],
    [6, 2],
  ]);
  expect(part.packets.some(({ isOpen = false }) => isOpen)).toBe(false);
  const linked = await linkedPart(part, join(folder, 'changed.bin'));
  const [first, ...others] = linked.packets;
  const bytes = readFileSync(first?.path ?? '');
  expect([...bytes]).toEqual([0, 0, 0, 3, BROKEN_LINK << 1, 1, 2]);
  expect(first).toMatchObject({ offset: 0, size: SIZE, isSync: true, rank: 0 });
  expect(others).toEqual(part.packets.slice(1));
});

it('has a beginning that can stand alone', () => {
  const { packets, configuration } = copiedPart(source, { ...run, endFrame: 17, firstPacket: 0 });
  const lengths = [1, 2, 3, 4, 6].map(
    (least) => beginningOf({ packets, configuration }, least).packets.length,
  );
  expect(lengths).toEqual([1, 2, 5, 5, 6]);
});

it('tells players which sync frames are open, where there are some', () => {
  const format: PictureFormat = {
    ...{ codec: 'vp9', bitDepth: 8, dynamicRange: 'standard' },
    ...{ width: 64, height: 64, frameRate: rate(30) },
  };
  const tableOf = (endFrame: number) => {
    const movie = movieOf([copiedPart(source, { ...run, endFrame, firstPacket: 0 })], format);
    const box = movieBox(
      movie,
      [{ track: 0, start: 0, samples: movie.tracks[0]?.samples ?? [], offset: 0 }],
      false,
    );
    const group = findBox(box, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'sbgp']);
    return group && [...box.subarray(group.start + 8, group.end)];
  };
  expect(tableOf(12)).toBeNull();
  const row = (count: number, description: number) => [0, 0, 0, count, 0, 0, 0, description];
  expect(tableOf(17)).toEqual([0, 0, 0, 3, ...row(2, 0), ...row(1, 1), ...row(4, 0)]);
});

it('is encoded without reordering more than what it stands beside', () => {
  const settings = exportSettingsSchema.parse({ videoCodec: 'hevc' });
  const paramsAt = (reorderDepth?: number) => {
    const plan = { frameRate: rate(30), ...(reorderDepth === undefined ? {} : { reorderDepth }) };
    const all = pictureEncoding(plan, settings)?.arguments ?? [];
    return all[all.indexOf('-x265-params') + 1]?.split(':').slice(-1);
  };
  expect([0, 1, 2, 5, undefined].map(paramsAt)).toEqual([
    ['bframes=0'],
    ['b-pyramid=0'],
    ...[2, 5, undefined].map(() => ['log-level=error']),
  ]);
});
