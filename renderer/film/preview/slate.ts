import type { Asset, TimelineFormat } from '#core/model/entities.ts';
import { videoStreamOf } from '#core/media/facts.ts';
import type { PictureProblem } from './mediaPool.ts';
import type { Drawable } from './picturePainter.ts';

const CODEC_NAMES: Readonly<Record<string, string>> = {
  hevc: 'HEVC (H.265)',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  mpeg2video: 'MPEG-2',
  mjpeg: 'Motion JPEG',
  mpeg4: 'MPEG-4 Part 2',
  ffv1: 'FFV1',
  avc: 'H.264',
  h264: 'H.264',
};

/** What stands in place of a picture that cannot be shown: what is wrong, and what works all the same. */
export function slateWords(asset: Asset | undefined, problem: PictureProblem): [string, string] {
  const name = asset === undefined ? 'This file' : `“${asset.name}”`;
  if (problem.reason === 'missing')
    return [`${name} is missing`, 'Find its file in the media panel. The cut is safe.'];
  const stream = asset && videoStreamOf(asset.facts);
  const codec = stream?.codec ?? problem.codec;
  if (problem.reason === 'codec' && codec !== '')
    return [
      'Preview needs a proxy; export works',
      `${name} is ${CODEC_NAMES[codec] ?? codec}, which cannot be played in this window.`,
    ];
  return [`${name} cannot be read`, 'Its file may be damaged. The cut is safe.'];
}

/** A slate with those words, as a picture of the frame's own size. */
export function slatePicture(words: readonly [string, string], format: TimelineFormat): Drawable {
  return {
    width: format.width,
    height: format.height,
    draw(context, x, y, width, height) {
      const unit = Math.min(width, height) / 100;
      context.fillStyle = '#1c212a';
      context.fillRect(x, y, width, height);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      const middle = x + width / 2;
      context.fillStyle = '#e9ecf1';
      context.font = `600 ${unit * 5}px 'Inter Variable', sans-serif`;
      context.fillText(words[0], middle, y + height / 2 - unit * 3.5, width * 0.9);
      context.fillStyle = '#aab3c0';
      context.font = `400 ${unit * 3.4}px 'Inter Variable', sans-serif`;
      context.fillText(words[1], middle, y + height / 2 + unit * 3.5, width * 0.9);
    },
  };
}
