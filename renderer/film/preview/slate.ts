import type { Asset } from '#core/model/entities.ts';
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
  if (problem.reason === 'changed')
    return [
      `${name} is not the file that was imported`,
      'Use the changed file or find the original in the media panel. The cut is safe.',
    ];
  const stream = asset && videoStreamOf(asset.facts);
  const codec = stream?.codec ?? problem.codec;
  if (problem.reason === 'codec' && codec !== '')
    return [
      'Preview needs a proxy; export works',
      `${name} is ${CODEC_NAMES[codec] ?? codec}, which cannot be played in this window.`,
    ];
  return [`${name} cannot be read`, 'Its file may be damaged. The cut is safe.'];
}

/** A slate with those words, as a picture of a size of its own. */
export function slatePicture(
  words: readonly [string, string],
  size: { width: number; height: number },
): Drawable {
  return {
    ...size,
    isOpaque: true,
    draw(context, x, y, width, height) {
      context.fillStyle = '#1c212a';
      context.fillRect(x, y, width, height);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      const unit = Math.min(width, height) / 100;
      const write = (text: string, weight: number, size: number, color: string, middle: number) => {
        const fontOf = (pixels: number) => `${weight} ${pixels}px 'Inter Variable', sans-serif`;
        context.font = fontOf(unit * size);
        const share = Math.min(1, (width * 0.9) / context.measureText(text).width);
        context.font = fontOf(unit * size * share);
        context.fillStyle = color;
        context.fillText(text, x + width / 2, y + height / 2 + unit * middle);
      };
      write(words[0], 600, 5, '#e9ecf1', -3.5);
      write(words[1], 400, 3.4, '#aab3c0', 3.5);
    },
  };
}
