import { z } from 'zod';
import { type PacketIndex, PACKET, packetIndexSchema } from '#core/render/packetIndex.ts';
import {
  isInterlacedHevc,
  readHevcConfiguration,
} from '#core/render/bitstreams/hevcConfiguration.ts';
import { type CopyCodecId, copyCodecOf } from '#core/render/copyCodecs.ts';
import type { Asset } from '#core/model/entities.ts';
import { DerivedStore } from '../../media/derivedStore.ts';
import { identify } from '../../media/identity.ts';
import { inputArguments } from '../../media/probe.ts';
import { Cancelled, run } from '../../process/run.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { inspectPackets } from './inspectPackets.ts';
import { packetFile } from './packetFile.ts';
import type { IndexOptions, PacketFile } from './packets.ts';

/** Name of the kept index; it changes with what is in it. */
const PIECE = 'packets-2';

/**
 * The packets of a file’s picture, read once for each content and kept. Null where they cannot be told: such a
 * source is encoded.
 */
export async function readPacketIndex(
  file: FootageFile,
  options: IndexOptions,
): Promise<PacketIndex | null> {
  const store = new DerivedStore(options.cacheDir);
  const identity: Asset['identity'] = await identify(file.path);
  const { folder } = store.place({ identity });
  const name = `${PIECE}-${file.streamIndex}`;
  const kept = packetIndexSchema.safeParse(await store.read(folder, name));
  if (kept.success) return kept.data;
  const index = await indexOf(file, options).catch((error: unknown) => {
    if (error instanceof Cancelled) throw error;
    // Tables that contradict each other and packets that end early are for the decoder to make something of.
    return null;
  });
  // Keeping it is a convenience; a full disk shows elsewhere.
  if (index !== null) await store.note(folder, name, index).catch(() => undefined);
  return index;
}

const probedStream = z.looseObject({
  codec_name: z.string().default(''),
  profile: z.string().default(''),
  width: z.int(),
  height: z.int(),
  sample_aspect_ratio: z.string().default(''),
  pix_fmt: z.string().default(''),
  field_order: z.string().default(''),
  color_primaries: z.string().default(''),
  color_transfer: z.string().default(''),
  color_space: z.string().default(''),
  color_range: z.string().default(''),
  time_base: z.string(),
  extradata: z.string().default(''),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).default([]),
});
const probed = z.object({
  format: z.looseObject({ format_name: z.string(), start_time: z.string().default('0') }),
  streams: z.array(probedStream),
});

async function indexOf(file: FootageFile, options: IndexOptions): Promise<PacketIndex | null> {
  const { tools, signal } = options;
  const [{ stdout }, packets] = await Promise.all([
    run(
      tools.ffprobe,
      [
        ...['-v', 'error', '-print_format', 'json', '-select_streams', String(file.streamIndex)],
        ...['-show_format', '-show_streams', '-show_data', ...inputArguments(file.path)],
      ],
      { signal },
    ),
    readPackets(file, options),
  ]);
  const { format, streams } = probed.parse(JSON.parse(stdout));
  const [stream] = streams;
  const timeBase = stream && /^(\d+)\/(\d+)$/.exec(stream.time_base);
  if (!stream || !timeBase) return null;
  const [num, den] = [Number(timeBase[1]), Number(timeBase[2])];
  if (packets.sizes.length === 0) return null;
  const aspect = /^(\d+):(\d+)$/.exec(stream.sample_aspect_ratio);
  const rotation = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const index: PacketIndex = {
    container: format.format_name,
    codec: stream.codec_name,
    profile: stream.profile,
    width: stream.width,
    height: stream.height,
    hasSquarePixels: aspect === null || aspect[1] === aspect[2] || aspect[1] === '0',
    pixelFormat: stream.pix_fmt,
    fieldOrder: stream.field_order,
    rotation: Math.round(rotation),
    color: {
      primaries: stream.color_primaries,
      transfer: stream.color_transfer,
      matrix: stream.color_space,
      range: stream.color_range,
    },
    timeBase: { num, den },
    // ffmpeg takes the beginning of the file off in the same way: microseconds to the nearest tick.
    startTick: Math.round(((Number(format.start_time) || 0) * den) / num),
    decoderConfiguration: bytesOfDump(stream.extradata).toString('base64'),
    ...packets,
  };
  const codec = copyCodecOf(index.codec);
  return codec === null ? index : withClosedPackets(file, { index, codec }, options);
}

/** Marks the packets at which decoding can begin; what lies in other containers is looked at in an MP4 of its own. */
async function withClosedPackets(
  file: FootageFile,
  known: { index: PacketIndex; codec: CopyCodecId },
  options: IndexOptions,
): Promise<PacketIndex | null> {
  const { index, codec } = known;
  const lying = await packetFile(file, known, options);
  if (lying === null) return null;
  const flags = await inspectPackets(codec, index, lying);
  if (flags === null) return null;
  return {
    ...index,
    decoderConfiguration: lying.decoderConfiguration,
    fieldOrder: fieldOrderOf(index, codec, lying),
    flags,
    offsets: lying.isSource ? index.offsets : null,
  };
}

/** ffprobe does not find out for all containers; of HEVC the stream itself says it, and VP9 and AV1 have no fields. */
function fieldOrderOf(
  { fieldOrder }: PacketIndex,
  codec: CopyCodecId,
  { decoderConfiguration }: PacketFile,
): string {
  if (codec === 'h264' || !['', 'unknown'].includes(fieldOrder)) return fieldOrder;
  const hevc = readHevcConfiguration(Buffer.from(decoderConfiguration, 'base64'));
  return hevc !== null && isInterlacedHevc(hevc) ? fieldOrder : 'progressive';
}

type Packets = Pick<PacketIndex, 'times' | 'sizes' | 'offsets' | 'flags'>;

async function readPackets(file: FootageFile, options: IndexOptions): Promise<Packets> {
  const times: number[] = [];
  const sizes: number[] = [];
  const offsets: number[] = [];
  const flags: number[] = [];
  await run(
    options.tools.ffprobe,
    [
      ...['-v', 'error', '-of', 'csv=p=0', '-select_streams', String(file.streamIndex)],
      ...['-show_entries', 'packet=pts,size,pos,flags', ...inputArguments(file.path)],
    ],
    {
      signal: options.signal,
      onStdoutLine: (line) => {
        const [pts = '', size = '', position = '', flag = ''] = line.split(',');
        if (size === '') return;
        times.push(Number.parseInt(pts, 10));
        sizes.push(Number(size));
        offsets.push(Number.parseInt(position, 10));
        flags.push(
          (flag.includes('K') ? PACKET.sync : 0) | (flag.includes('D') ? PACKET.hidden : 0),
        );
      },
    },
  );
  const isComplete = (numbers: readonly number[]) => !numbers.some(Number.isNaN);
  return {
    times: isComplete(times) ? times : null,
    sizes,
    offsets: isComplete(offsets) ? offsets : null,
    flags,
  };
}

/** The bytes of a dump as ffprobe prints it: an address, groups of four digits, and the same as letters. */
function bytesOfDump(dump: string): Buffer {
  const digits = dump
    .split('\n')
    .map((line) => /^[0-9a-f]+: ((?:[0-9a-f]{2,4} )+)/.exec(line)?.[1] ?? '')
    .join('')
    .replaceAll(' ', '');
  return Buffer.from(digits, 'hex');
}
