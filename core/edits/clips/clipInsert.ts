import { timeInputSchema } from '../../time/timeInput.ts';
import { addFlicks } from '../../time/flicks.ts';
import { timeOn } from '../arrange.ts';
import { placeSource, resolveSource, sourceParameters } from './clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import { openGap } from '../rippleFrom.ts';
import { clearRanges } from '../splitTracks.ts';

/**
 * Puts part of an asset at a time and makes room for it, or replaces what is there.
 *
 *   insert:     ████████     →  ███▓▓▓▓█████     (later items move, a spanned one is cut)
 *   overwrite:  ████████     →  ███▓▓▓▓█         (nothing moves)
 *
 * What is left of cut clips that are linked is linked in pairs: before, and after. Scope: the tracks it lands on; an
 * insert takes along what `rippleFrom` says. Refusals: those of the source, `edit/bad-time`, `edit/track-locked`.
 */
export const clipInsert = defineEdit({
  type: 'clip.insert',
  label: 'Insert clip',
  summary:
    'Adds part of an asset at a time; what begins later moves, on all tracks that are in sync lock.',
  parameters: {
    ...sourceParameters,
    at: timeInputSchema,
  },
  apply(draft, command) {
    const source = resolveSource(draft, command);
    const at = timeOn(source.timeline, command.at);
    const trackIds = source.tracks.map((track) => track.id);
    openGap(draft, trackIds, at, source.duration);
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
    const end = addFlicks(at, source.duration);
    clearRanges(
      draft,
      source.tracks.map((track) => ({ trackId: track.id, start: at, end })),
    );
    return { clipIds: placeSource(draft, source, at), start: at };
  },
});
