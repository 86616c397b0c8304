import type { Loss } from '../contract/films.ts';
import type { Cue } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type Flicks, flicks, maxFlicks, minFlicks } from '../time/flicks.ts';

/** A caption as files know it: no id, no track; times in flicks, `end` exclusive and after `start`. */
export type CaptionCue = { start: Flicks; end: Flicks; text: string };

/** The captions of a file with a report of what could not be carried over. */
export type CaptionReading = { cues: CaptionCue[]; losses: Loss[] };

/**
 * Captions of a project as a file takes them: in the order of time, cut to `range` and counted from its start,
 * without empty lines, which would end a caption early in most formats.
 */
export function cuesWithin(
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
): CaptionCue[] {
  return cues
    .filter((cue) => itemStart(cue) < range.end && itemEnd(cue) > range.start)
    .sort((a, b) => itemStart(a) - itemStart(b))
    .map((cue) => ({
      start: flicks(maxFlicks(itemStart(cue), range.start) - range.start),
      end: flicks(minFlicks(itemEnd(cue), range.end) - range.start),
      text: tidyText(cue.text),
    }));
}

/** Text with `\n` between its lines, without empty lines and without space around it. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trim();
}
