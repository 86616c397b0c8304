import { FILM_COLORS } from '#core/render/filmColors.ts';
import { type ExportPlan, planDuration } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import { failure, type FilmCheck } from './filmCheck.ts';
import { type FilmFacts, type FilmStream, streamSeconds } from './filmFacts.ts';

/** Names of colours as ffprobe says them. */
export type ColorTags = {
  color_space: string;
  color_primaries: string;
  color_transfer: string;
  color_range: string;
};

const BT709: ColorTags = colorTags({ dynamicRange: 'standard' });

/** What the colours of a film with these settings must be said to be. */
export function colorTags({ dynamicRange }: Pick<ExportSettings, 'dynamicRange'>): ColorTags {
  const { matrix, primaries, transfer } = FILM_COLORS[dynamicRange];
  return {
    color_space: matrix,
    color_primaries: primaries,
    color_transfer: transfer,
    color_range: 'tv',
  };
}

/** Codecs that say in every stream what their colours mean; others may leave it out. */
const SAYS_COLORS: ReadonlySet<string> = new Set(['h264', 'hevc', 'av1']);

/** Frames, their times, size, length and colours of the picture against the plan. */
export function checkPictureStream(
  plan: ExportPlan,
  facts: FilmFacts,
  colors: ColorTags = BT709,
): FilmCheck[] {
  const { video } = facts;
  const frames = plan.endFrame - plan.startFrame;
  if (video === undefined) return [failure('Frames', false, `no picture; ${frames} were expected`)];
  const onTime = framesOnTime(plan, video);
  const expected = planDuration(plan) / FLICKS_PER_SECOND;
  const frameSeconds = frameDuration(plan.frameRate) / FLICKS_PER_SECOND;
  const length = pictureSeconds(video, frameSeconds);
  const tick = streamSeconds(video, 1);
  const isSquare = /^(1:1|0:1|N\/A)$/.test(video.sample_aspect_ratio ?? '1:1');
  return [
    failure('Frames', video.packets === frames, `${video.packets} of ${frames}`),
    failure('Frame times', onTime === frames, `${onTime} of ${frames} on time`),
    failure(
      'Size',
      video.width === plan.width && video.height === plan.height && isSquare,
      `${video.width ?? 0} × ${video.height ?? 0}${isSquare ? '' : `, pixels ${video.sample_aspect_ratio}`}`,
    ),
    failure(
      'Picture length',
      Math.abs(length - expected) < Math.max(frameSeconds / 2, tick),
      `${length.toFixed(3)} s of ${expected.toFixed(3)} s`,
    ),
    ...(video.codec_name === 'gif' ? [] : [checkColors(video, colors)]),
  ];
}

/** Where sound begins against the picture, and how long it is. */
export function checkSoundStream(plan: ExportPlan, facts: FilmFacts): FilmCheck[] {
  const { video, audio } = facts;
  if (audio === undefined || audio.packets === 0)
    return [failure('Sound length', false, 'the film has no sound')];
  const expected = planDuration(plan) / FLICKS_PER_SECOND;
  const start = streamSeconds(audio, audio.firstTime);
  const end = streamSeconds(audio, audio.endTime);
  // Encoded sound comes in blocks, so the last block may reach past the picture.
  const block = streamSeconds(audio, audio.longestPacket);
  // In MP3 the delay in front of the sound, about a block, is not told by the times of its packets.
  const blocks = audio.codec_name === 'mp3' ? 2 : 1;
  const isLong = Math.abs(end - expected) <= blocks * block + 0.001;
  const length = failure(
    'Sound length',
    isLong,
    `${end.toFixed(3)} s${isLong ? '' : ` of ${expected.toFixed(3)} s`}`,
  );
  if (video === undefined) return [length];
  const pictureStart = streamSeconds(video, video.firstTime);
  const offset = (start - pictureStart) * 1000;
  // A first block from before the picture is what the encoder needs to start; players leave it out.
  const isPriming = offset < 0 && -offset <= block * 1000 + 10;
  const apart = isPriming ? 0 : offset;
  return [
    failure('Sound begins with picture', Math.abs(apart) <= 1, `${apart.toFixed(1)} ms apart`),
    length,
  ];
}

/** The frame of the film that shows at a time of its picture stream, from 0. */
export function frameOfTime(plan: ExportPlan, video: FilmStream, ticks: number): number {
  return Math.round(
    (ticks * video.timeBase.num * plan.frameRate.num) / (video.timeBase.den * plan.frameRate.den),
  );
}

/**
 * How many of the plan's frames stand at their time in the file: exactly, where the file can say that time, else at one
 * of the two ticks beside it.
 */
function framesOnTime(plan: ExportPlan, video: FilmStream): number {
  const { num, den } = plan.frameRate;
  const { timeBase } = video;
  const frames = plan.endFrame - plan.startFrame;
  const seen = new Set<number>();
  for (const ticks of video.times) {
    const frame = frameOfTime(plan, video, ticks);
    if (frame < 0 || frame >= frames) continue;
    const apart = ticks * timeBase.num * num - frame * den * timeBase.den;
    if (Math.abs(apart) < timeBase.num * num) seen.add(frame);
  }
  return seen.size;
}

/** From the first picture to the end of the last one, whose own length not every container says. */
function pictureSeconds(video: FilmStream, frameSeconds: number): number {
  const last = video.times.at(-1);
  if (last === undefined) return 0;
  const end = Math.max(streamSeconds(video, video.endTime), streamSeconds(video, last));
  const isOpen = video.endTime <= last;
  return end + (isOpen ? frameSeconds : 0) - streamSeconds(video, video.firstTime);
}

function checkColors(video: FilmStream, expected: ColorTags): FilmCheck {
  const wrong = (Object.keys(expected) as (keyof ColorTags)[]).filter((tag) => {
    const said = video[tag];
    if (said === undefined || said === 'unknown') return SAYS_COLORS.has(video.codec_name ?? '');
    return said !== expected[tag];
  });
  const words = wrong.map(
    (tag) => `${WORDS[tag]} ${video[tag] ?? 'not said'} instead of ${expected[tag]}`,
  );
  const right = [...new Set([expected.color_space, expected.color_primaries])].join('/');
  return failure('Colours', wrong.length === 0, wrong.length === 0 ? right : words.join(', '));
}

const WORDS: Record<keyof ColorTags, string> = {
  color_space: 'matrix',
  color_primaries: 'primaries',
  color_transfer: 'transfer',
  color_range: 'range',
};
