import { z } from 'zod';
import type { CopiedItem } from '../../clipboard/clipboard.ts';
import { readClipboard } from '../../clipboard/readClipboard.ts';
import { refuse } from '../../fault.ts';
import { type Clip, objectIdSchema } from '../../model/entities.ts';
import { itemDuration } from '../../model/items.ts';
import { CLIP_PARAMETER_NAMES, CLIP_PARAMETERS } from '../../model/parameters.ts';
import {
  curveRange,
  rangeDuration,
  type SourceRange,
  slipRange,
  sliceRange,
  sourceTimeAt,
} from '../../model/sourceRange.ts';
import { addFlicks, minFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { frameDuration, snapToFrame } from '../../time/rate.ts';
import { availableRange } from '../arrange.ts';
import { type Half, halfOf, isClip } from '../clips/clipHalves.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { setEffects } from '../effects/effectEdits.ts';
import { gatherItems } from '../clips/moveItems.ts';

const WHICH = ['parameters', 'effects', 'fades', 'blend', 'speed'] as const;
type Which = (typeof WHICH)[number];
type CopiedClip = Extract<CopiedItem, { kind: 'clip' }>;

/**
 * Gives clips what a copied clip has. Pictures take it from the first picture that was copied, sound from the first
 * sound; nothing moves.
 *
 * - `parameters`: all of them, keyframes included, or the ones that are named; times count from the beginning of the clip.
 * - `effects`: put after those that the clip has.
 * - `fades`: cut to the length of the clip. `blend`.
 * - `speed`: the clip keeps its place, its duration and the moment it begins with, and shows more or less of its media.
 *   Where only the other half was copied, its speed is taken, so that picture and sound stay together.
 *
 * Scope: these registers of the named clips and of those linked with them. Clamping: fades only. Refuses
 * `edit/bad-clipboard`, `edit/nothing-to-paste` where nothing fits, `edit/beyond-media` where a speed needs more media
 * than there is, `edit/too-many-effects`, `edit/track-locked`.
 */
export const clipPasteAttributes = defineEdit({
  type: 'clip.pasteAttributes',
  label: 'Paste attributes',
  summary:
    'Gives clips the parameters, effects, fades, blend or speed of a copied clip. Nothing moves.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    clipboard: z.unknown().describe('What copying gave: “inkreel/clipboard”, version 1.'),
    which: z.array(z.enum(WHICH)).min(1).max(WHICH.length),
    parameters: z
      .array(z.enum(CLIP_PARAMETER_NAMES))
      .max(CLIP_PARAMETER_NAMES.length)
      .optional()
      .describe('Which parameters; default: all.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const sources = copiedClips(command.clipboard);
    const clips = gatherItems(draft, command.clipIds, command.scope).filter(isClip);
    const changed = clips.filter((clip) => {
      draft.refuseLocked(draft.trackOf(clip));
      const half = halfOf(draft, clip);
      const pasted = command.which.map((which) => {
        const other = half === 'sound' ? 'picture' : 'sound';
        const source = sources[half] ?? (which === 'speed' ? sources[other] : undefined);
        if (source === undefined) return false;
        pasteOne(draft, clip, source, which, command.parameters);
        return true;
      });
      return pasted.includes(true);
    });
    if (changed.length === 0) {
      refuse('edit/nothing-to-paste', 'What was copied has nothing that these clips could take.');
    }
    return { clipIds: changed.map((clip) => clip.id) };
  },
});

function copiedClips(value: unknown): { [H in Half]: CopiedClip | undefined } {
  const { main } = readClipboard(value);
  const sound = new Set(
    main.tracks.filter((track) => track.trackKind === 'audio').map((track) => track.id),
  );
  const clips = main.items.filter((item) => item.kind === 'clip');
  return {
    picture: clips.find((clip) => !sound.has(clip.placement.trackId)),
    sound: clips.find((clip) => sound.has(clip.placement.trackId)),
  };
}

function pasteOne(
  draft: Draft,
  clip: Clip,
  source: CopiedClip,
  which: Which,
  names: readonly string[] = CLIP_PARAMETER_NAMES,
): void {
  switch (which) {
    case 'parameters': {
      const half = halfOf(draft, clip);
      for (const name of CLIP_PARAMETER_NAMES) {
        if (!names.includes(name) || CLIP_PARAMETERS[name].of !== half) continue;
        draft.set<'clip'>(clip.id, { [name]: source[name] });
      }
      break;
    }
    case 'effects': {
      const effects = (source.effects ?? []).map((effect) => ({ ...effect, id: draft.newId() }));
      setEffects(draft, clip, [...(draft.need('clip', clip.id).effects ?? []), ...effects]);
      break;
    }
    case 'fades':
      draft.set<'clip'>(clip.id, { fades: fittedFades(draft, clip, source.fades) });
      break;
    case 'blend':
      draft.set<'clip'>(clip.id, { blend: source.blend });
      break;
    case 'speed':
      pasteSpeed(draft, clip, source.sourceRange);
      break;
  }
}

function fittedFades(draft: Draft, clip: Clip, fades: Clip['fades']): Clip['fades'] {
  if (fades === undefined) return undefined;
  const { frameRate } = draft.timelineOf(clip).format;
  const duration = itemDuration(clip);
  const fadeIn = minFlicks(snapToFrame(fades.in, frameRate), duration);
  const fadeOut = minFlicks(snapToFrame(fades.out, frameRate), subtractFlicks(duration, fadeIn));
  return fadeIn === 0 && fadeOut === 0 ? undefined : { in: fadeIn, out: fadeOut };
}

function pasteSpeed(draft: Draft, clip: Clip, like: SourceRange): void {
  const available = availableRange(draft.project, clip);
  // A still picture is the same at every speed.
  if (available === null) return;
  const sourceRange = atSpeed(clip.sourceRange, like);
  const { frameRate } = draft.timelineOf(clip).format;
  const slack = frameDuration(frameRate);
  if (sourceRange.in < available.in || sourceRange.out > addFlicks(available.out, slack)) {
    refuse('edit/beyond-media', 'At that speed the clip would need more media than there is.', {
      clipId: clip.id,
      available,
      asked: { in: sourceRange.in, out: sourceRange.out },
    });
  }
  draft.set<'clip'>(clip.id, { sourceRange });
}

/** A range as long as `range`, from the moment it begins with, played as `like` is. */
function atSpeed(range: SourceRange, like: SourceRange): SourceRange {
  const duration = rangeDuration(range);
  const first = sourceTimeAt(range, ZERO);
  if (like.retime === undefined) return { in: first, out: addFlicks(first, duration) };
  const begun = slipRange(like, subtractFlicks(first, sourceTimeAt(like, ZERO)));
  return begun.retime?.kind === 'curve'
    ? curveRange(begun.retime.keys, duration)
    : sliceRange(begun, ZERO, duration);
}
