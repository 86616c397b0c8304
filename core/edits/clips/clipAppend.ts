import { endOfTracks, placeSource, resolveSource, sourceParameters } from './clipPlacement.ts';
import { defineEdit } from '../definition.ts';

/**
 * Puts part of an asset after everything on its tracks, picture and sound linked and starting together.
 *
 *   V1 ██████          V1 ██████▓▓▓▓
 *   A1 ~~~~~~~~   →    A1 ~~~~~~~~     (starts after the longer of the two)
 *
 * Scope: the tracks it lands on; nothing that stands there changes.
 */
export const clipAppend = defineEdit({
  type: 'clip.append',
  label: 'Append clip',
  summary: 'Adds part of an asset after the last item of its tracks. Nothing else moves.',
  parameters: { ...sourceParameters },
  apply(draft, command) {
    const source = resolveSource(draft, command);
    const start = endOfTracks(draft, source.tracks);
    return { clipIds: placeSource(draft, source, start), start };
  },
});
