import { timeInputSchema } from '../time/timeInput.ts';
import { addFlicks } from '../time/flicks.ts';
import { clearRange, openGap, timeOn } from './arrange.ts';
import { placeSource, resolveSource, sourceParameters } from './clipPlacement.ts';
import { defineEdit } from './definition.ts';

/**
 * Puts part of an asset at a time and makes room for it, or replaces what is there.
 *
 *   insert:     ████████     →  ███▓▓▓▓█████     (later items move, a spanned one is split)
 *   overwrite:  ████████     →  ███▓▓▓▓█         (nothing moves)
 *
 * Scope: the tracks it lands on.
 */
export const clipInsert = defineEdit({
  type: 'clip.insert',
  label: 'Insert clip',
  summary:
    'Adds part of an asset at a time; later items on its tracks move (insert) or are replaced (overwrite).',
  parameters: {
    ...sourceParameters,
    at: timeInputSchema,
  },
  apply(draft, command) {
    const source = resolveSource(draft, command);
    const at = timeOn(source.timeline, command.at);
    for (const track of source.tracks) openGap(draft, track.id, at, source.duration);
    return { clipIds: placeSource(draft, source, at), start: at };
  },
});

/** The overwriting twin of `clip.insert`. */
export const clipOverwrite = defineEdit({
  type: 'clip.overwrite',
  label: 'Overwrite with clip',
  summary: 'Puts part of an asset at a time in place of what stands there. Nothing moves.',
  parameters: { ...sourceParameters, at: timeInputSchema },
  apply(draft, command) {
    const source = resolveSource(draft, command);
    const at = timeOn(source.timeline, command.at);
    for (const track of source.tracks)
      clearRange(draft, track.id, at, addFlicks(at, source.duration));
    return { clipIds: placeSource(draft, source, at), start: at };
  },
});
