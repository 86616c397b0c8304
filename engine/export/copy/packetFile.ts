import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COPY_CODECS, type CopyCodecId } from '#core/render/copyCodecs.ts';
import type { PacketIndex } from '#core/render/packetIndex.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { readMovie } from '../../mp4/readMovie.ts';
import { decoderConfigurationIn } from './picturePart.ts';
import type { IndexOptions, PacketFile } from './packets.ts';

/**
 * Where the packets of a source lie as they can be copied: in the file itself if it is of the MP4 family, else in an
 * MP4 that ffmpeg copies them to in the work folder. Null where that has other packets than the source.
 */
export async function packetFile(
  file: FootageFile,
  { index, codec }: { index: PacketIndex; codec: CopyCodecId },
  options: Pick<IndexOptions, 'tools' | 'folder' | 'signal'>,
): Promise<PacketFile | null> {
  const { container, offsets, sizes, decoderConfiguration } = index;
  if (/(^|,)(mov|mp4)(,|$)/.test(container) && offsets !== null)
    return { path: file.path, isSource: true, sizes, offsets, decoderConfiguration };
  const name = createHash('sha256').update(`${file.path}:${file.streamIndex}`).digest('hex');
  const path = join(options.folder, `packets-${name.slice(0, 16)}.mp4`);
  if (!existsSync(path)) {
    const failure = await runFfmpeg(
      options.tools,
      [
        ...inputArguments(file.path),
        ...['-map', `0:${file.streamIndex}`, '-c', 'copy', '-copyinkf', '-f', 'mp4'],
      ],
      path,
      { signal: options.signal },
    );
    if (failure !== null) return null;
  }
  const movie = await readMovie(path).catch(() => null);
  const track = movie?.tracks[0];
  if (track?.samples.length !== sizes.length) return null;
  return {
    path,
    isSource: false,
    sizes: track.samples.map(({ size }) => size),
    offsets: track.samples.map(({ offset }) => offset),
    decoderConfiguration: decoderConfigurationIn(
      track.sampleDescriptions,
      COPY_CODECS[codec].box,
    ).toString('base64'),
  };
}
