import { EncodedPacketSink, type InputVideoTrack, VideoSample } from 'mediabunny';

/** Gives the pictures of a film in order, beginning with the one that is shown at a time in seconds. */
export type PictureSink = { samples(start: number): AsyncGenerator<VideoSample, void> };

/** How movies name what every browser decodes as a picture. */
const PICTURE_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['png ', 'image/png'],
  ['jpeg', 'image/jpeg'],
]);

/**
 * The pictures of a movie in which each is a whole PNG or JPEG, such as one that was made of numbered pictures. Null for
 * any other, and where the first does not decode.
 */
export async function pictureMovie(track: InputVideoTrack): Promise<PictureSink | null> {
  const type = PICTURE_TYPES.get(track.internalCodecId);
  if (type === undefined) return null;
  const packets = new EncodedPacketSink(track);
  const first = await packets.getFirstPacket();
  const bitmap = first && (await decode(first.data, type).catch(() => null));
  bitmap?.close();
  return bitmap ? { samples: (start) => picturesFrom(packets, type, start) } : null;
}

async function* picturesFrom(
  packets: EncodedPacketSink,
  type: string,
  start: number,
): AsyncGenerator<VideoSample, void> {
  const first = (await packets.getPacket(start)) ?? (await packets.getFirstPacket());
  if (first === null) return;
  for await (const { data, timestamp, duration } of packets.packets(first)) {
    const bitmap = await decode(data, type);
    const sample = new VideoSample(bitmap, { timestamp, duration });
    bitmap.close();
    yield sample;
  }
}

/** Colours are taken as they are, as the export does, whatever profile a picture names. */
function decode(bytes: Uint8Array, type: string): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([new Uint8Array(bytes)], { type }), {
    colorSpaceConversion: 'none',
  });
}
