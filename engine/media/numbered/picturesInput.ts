import { extname } from 'node:path';
import type { NumberedPictures } from './findNumbered.ts';

/** Arguments that make ffmpeg read pictures in order. It is to be run in their folder, whose path may be a long one. */
export function picturesInput(pictures: NumberedPictures, rate: string): string[] {
  return [
    ...['-protocol_whitelist', 'file', '-f', 'image2', '-pattern_type', 'sequence'],
    ...['-framerate', rate, '-start_number', String(pictures.first.number)],
    ...['-i', `file:${patternOf(pictures)}`],
  ];
}

/** The names of numbered pictures as ffmpeg counts them up: `50%% done_%04d.png`. */
export function patternOf({ first, digits }: NumberedPictures): string {
  const literal = (text: string) => text.replaceAll('%', '%%');
  return `${literal(first.before)}%0${digits}d${literal(first.after)}`;
}

/** Whether files of this kind stand in a movie as they are, unless something speaks against it. */
export function areCopied({ first }: Pick<NumberedPictures, 'first'>): boolean {
  return /^\.(png|jpe?g)$/i.test(extname(first.name));
}
