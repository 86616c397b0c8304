import type { Cue } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, maxFlicks, minFlicks } from '../time/flicks.ts';

/**
 * Captions as SubRip text, counted from `range.start` and cut to the range; empty text when there are none.
 * SubRip times have milliseconds; starts and ends are rounded to the nearest.
 */
export function formatSrt(cues: readonly Cue[], range: { start: Flicks; end: Flicks }): string {
  return cues
    .filter((cue) => itemStart(cue) < range.end && itemEnd(cue) > range.start)
    .sort((a, b) => itemStart(a) - itemStart(b))
    .map((cue, index) => {
      const from = flicks(maxFlicks(itemStart(cue), range.start) - range.start);
      const to = flicks(minFlicks(itemEnd(cue), range.end) - range.start);
      // An empty line would end the cue early.
      const text = cue.text.replaceAll(/\r?\n(\r?\n)+/g, '\n').trim();
      return `${index + 1}\n${srtTime(from)} --> ${srtTime(to)}\n${text}\n`;
    })
    .join('\n');
}

/** `HH:MM:SS,mmm`. */
export function srtTime(time: Flicks): string {
  const milliseconds = Math.round((time * 1000) / FLICKS_PER_SECOND);
  const field = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = Math.floor(milliseconds / 1000);
  return `${field(Math.floor(seconds / 3600), 2)}:${field(Math.floor(seconds / 60) % 60, 2)}:${field(seconds % 60, 2)},${field(milliseconds % 1000, 3)}`;
}
