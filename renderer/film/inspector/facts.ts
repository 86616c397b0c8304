import { audioStreamOf, videoStreamOf } from '#core/media/facts.ts';
import type { Asset } from '#core/model/entities.ts';
import type { Rate } from '#core/time/rate.ts';
import { bytesText, countText } from '../../ui/words.ts';

/** `29.97 fps`. */
export function rateText(rate: Rate): string {
  return `${Number((rate.num / rate.den).toFixed(3))} fps`;
}

/** What a file is, for people. */
export function assetFacts(asset: Asset): [string, string][] {
  const video = videoStreamOf(asset.facts);
  const audio = audioStreamOf(asset.facts);
  const facts: [string, string][] = [['File', asset.name]];
  if (video !== undefined) {
    const rate = video.frameRate === undefined ? '' : `, ${rateText(video.frameRate)}`;
    facts.push(['Picture', `${video.displayWidth} × ${video.displayHeight}${rate}`]);
    facts.push(['Codec', video.codec]);
  }
  if (audio !== undefined) {
    const channels =
      audio.channels === 1
        ? 'mono'
        : audio.channels === 2
          ? 'stereo'
          : `${countText(audio.channels)} channels`;
    facts.push([
      'Sound',
      `${countText(audio.sampleRateHz / 1000)} kHz, ${channels}, ${audio.codec}`,
    ]);
  }
  facts.push(['File size', bytesText(asset.identity.sizeBytes)]);
  return facts;
}
