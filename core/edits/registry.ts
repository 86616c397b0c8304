import type { z } from 'zod';
import { assetAdd, assetRelink, assetRemove } from './assets/assetEdits.ts';
import { bookSetCover, bookSetDesign } from './books/bookDesignEdits.ts';
import {
  bookCreate,
  bookDelete,
  bookSetMetadata,
  bookSetNarration,
  chapterAdd,
  chapterDelete,
  chapterMove,
  chapterWrite,
} from './books/bookEdits.ts';
import { bookHeed, bookIgnore } from './books/bookIgnore.ts';
import { bookLearnWord } from './books/bookLearnWord.ts';
import { bookMend } from './books/bookMend.ts';
import { bookReplace } from './books/bookReplace.ts';
import { bookSetGoal } from './books/bookSetGoal.ts';
import { bookSetStatus } from './books/bookSetStatus.ts';
import { chapterDuplicate } from './books/chapterDuplicate.ts';
import { chapterMerge } from './books/chapterMerge.ts';
import { chapterRestore } from './books/chapterRestore.ts';
import { chapterSet } from './books/chapterSet.ts';
import { chapterSplit } from './books/chapterSplit.ts';
import { commentAdd } from './books/commentAdd.ts';
import { commentRemove } from './books/commentRemove.ts';
import { commentSet } from './books/commentSet.ts';
import { captionAdd } from './captions/captionAdd.ts';
import { captionMerge } from './captions/captionMerge.ts';
import { captionSplit } from './captions/captionSplit.ts';
import { captionSetText, captionSetWords } from './captions/captionText.ts';
import { captionSetTimes, captionShift, captionStretch } from './captions/captionTimes.ts';
import { clipAppend } from './clips/clipAppend.ts';
import { clipDelete } from './clips/clipDelete.ts';
import { clipDetachAudio } from './clips/clipDetachAudio.ts';
import { clipDuplicate } from './clips/clipDuplicate.ts';
import { clipFreeze } from './speed/clipFreeze.ts';
import { clipInsert, clipOverwrite } from './clips/clipInsert.ts';
import { clipLink, clipUnlink } from './clips/clipLink.ts';
import { clipMove } from './clips/clipMove.ts';
import { clipNudge } from './clips/clipNudge.ts';
import { clipPaste } from './clipboard/clipPaste.ts';
import { clipPasteAttributes } from './clipboard/clipPasteAttributes.ts';
import { clipExtract, clipLift } from './clips/clipRange.ts';
import { clipPlace } from './clips/clipPlace.ts';
import { clipRename } from './clips/clipRename.ts';
import { clipReplace } from './clips/clipReplace.ts';
import { clipRippleTrim } from './clips/clipRippleTrim.ts';
import { clipRoll } from './clips/clipRoll.ts';
import { clipSetEnabled } from './clips/clipSetEnabled.ts';
import { clipSetBlend, clipSetFades } from './parameters/clipSetFades.ts';
import { clipSetGain } from './parameters/clipSetGain.ts';
import { clipResetParameters, clipSetParameters } from './parameters/clipSetParameters.ts';
import { clipResetTime, clipSetSpeed } from './speed/clipSetSpeed.ts';
import { clipSlide } from './clips/clipSlide.ts';
import { clipSlip } from './clips/clipSlip.ts';
import { clipSplit } from './clips/clipSplit.ts';
import { clipSplitAll } from './clips/clipSplitAll.ts';
import { clipTrim } from './clips/clipTrim.ts';
import type { EditDefinition } from './definition.ts';
import {
  effectAdd,
  effectMove,
  effectRemove,
  effectSet,
  effectSetEnabled,
} from './effects/effectEdits.ts';
import { gapClose } from './clips/gapClose.ts';
import { clipGroup, clipUngroup } from './clips/groupEdits.ts';
import {
  keyframeClear,
  keyframeMove,
  keyframeRemove,
  keyframeSet,
  keyframeSetEasing,
} from './parameters/keyframeEdits.ts';
import { nestAdd } from './nests/nestAdd.ts';
import { nestMake } from './nests/nestMake.ts';
import { nestUnnest } from './nests/nestUnnest.ts';
import { markerAdd, markerMove, markerRemove, markerSet } from './markers/markerEdits.ts';
import { projectRename } from './timelines/projectRename.ts';
import {
  clipSetTimeKeys,
  timeKeyAdd,
  timeKeyMove,
  timeKeyRemove,
  timeKeySetEasing,
} from './speed/timeKeyEdits.ts';
import { timelineCreate } from './timelines/timelineCreate.ts';
import {
  timelineDuplicate,
  timelineRemove,
  timelineRename,
  timelineSetMarkedRange,
} from './timelines/timelineEdits.ts';
import { titleAdd } from './titles/titleAdd.ts';
import { titleSetFields, titleSetTemplate } from './titles/titleFields.ts';
import { trackRemove, trackReorder } from './tracks/trackArrange.ts';
import { trackAdd, trackSet } from './tracks/trackEdits.ts';
import { transitionAdd, transitionAddAll } from './transitions/transitionAdd.ts';
import { transitionSetReach, transitionTrim } from './transitions/transitionReach.ts';
import { transitionRemove } from './transitions/transitionRemove.ts';
import { transitionReplace } from './transitions/transitionReplace.ts';

/** Every edit command there is, in the order of the reference. */
const DEFINITIONS = [
  projectRename,
  timelineCreate,
  timelineRename,
  timelineSetMarkedRange,
  timelineDuplicate,
  timelineRemove,
  trackAdd,
  trackSet,
  trackReorder,
  trackRemove,
  assetAdd,
  assetRelink,
  assetRemove,
  clipAppend,
  clipInsert,
  clipOverwrite,
  clipPlace,
  clipReplace,
  clipDuplicate,
  clipPaste,
  clipSplit,
  clipSplitAll,
  clipTrim,
  clipRippleTrim,
  clipRoll,
  clipSlip,
  clipSlide,
  clipMove,
  clipNudge,
  clipDelete,
  clipLift,
  clipExtract,
  gapClose,
  markerAdd,
  markerSet,
  markerMove,
  markerRemove,
  clipLink,
  clipUnlink,
  clipDetachAudio,
  clipGroup,
  clipUngroup,
  clipSetEnabled,
  clipRename,
  clipSetGain,
  clipSetParameters,
  clipResetParameters,
  keyframeSet,
  keyframeRemove,
  keyframeMove,
  keyframeSetEasing,
  keyframeClear,
  effectAdd,
  effectSet,
  effectRemove,
  effectMove,
  effectSetEnabled,
  clipSetFades,
  clipSetBlend,
  clipPasteAttributes,
  clipSetSpeed,
  clipFreeze,
  clipSetTimeKeys,
  timeKeyAdd,
  timeKeyMove,
  timeKeyRemove,
  timeKeySetEasing,
  clipResetTime,
  nestMake,
  nestAdd,
  nestUnnest,
  transitionAdd,
  transitionAddAll,
  transitionSetReach,
  transitionTrim,
  transitionReplace,
  transitionRemove,
  titleAdd,
  titleSetFields,
  titleSetTemplate,
  captionAdd,
  captionSetText,
  captionSetWords,
  captionSetTimes,
  captionSplit,
  captionMerge,
  captionShift,
  captionStretch,
  bookCreate,
  bookDelete,
  bookSetMetadata,
  bookSetNarration,
  bookSetStatus,
  bookSetDesign,
  bookSetCover,
  chapterAdd,
  chapterWrite,
  chapterMove,
  chapterDelete,
  bookMend,
  bookIgnore,
  bookHeed,
  chapterSplit,
  chapterMerge,
  chapterDuplicate,
  chapterSet,
  chapterRestore,
  bookReplace,
  bookSetGoal,
  bookLearnWord,
  commentAdd,
  commentSet,
  commentRemove,
] as const;

type Definition = (typeof DEFINITIONS)[number];
type CommandOf<D> =
  D extends EditDefinition<infer Type, infer Shape>
    ? { type: Type } & z.input<z.ZodObject<Shape>>
    : never;

/** An edit command as an interface or script writes it; defaults may be left out. */
export type EditCommand = CommandOf<Definition>;

const byType = new Map<string, Definition>(
  DEFINITIONS.map((definition) => [definition.type, definition]),
);

/** The definition of a command, or undefined for a type there is none of. */
export function editDefinition(type: string): EditDefinition | undefined {
  return byType.get(type) as EditDefinition | undefined;
}

/** Every definition, in the order of the reference. */
export function editDefinitions(): readonly EditDefinition[] {
  return DEFINITIONS as unknown as readonly EditDefinition[];
}
