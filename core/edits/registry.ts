import { z } from 'zod';
import { assetAdd, assetRelink, assetRemove } from './assetEdits.ts';
import {
  bookCreate,
  bookDelete,
  bookSetMetadata,
  chapterAdd,
  chapterDelete,
  chapterMove,
  chapterWrite,
} from './bookEdits.ts';
import { captionAdd, captionSetText } from './captionAdd.ts';
import { clipAppend } from './clipAppend.ts';
import { clipDelete } from './clipDelete.ts';
import { clipDuplicate } from './clipDuplicate.ts';
import { clipInsert, clipOverwrite } from './clipInsert.ts';
import { clipLink, clipUnlink } from './clipLink.ts';
import { clipMove } from './clipMove.ts';
import { clipNudge } from './clipNudge.ts';
import { clipExtract, clipLift } from './clipRange.ts';
import { clipRename } from './clipRename.ts';
import { clipReplace } from './clipReplace.ts';
import { clipRippleTrim } from './clipRippleTrim.ts';
import { clipRoll } from './clipRoll.ts';
import { clipSetEnabled } from './clipSetEnabled.ts';
import { clipSetGain } from './clipSetGain.ts';
import { clipSlide } from './clipSlide.ts';
import { clipSlip } from './clipSlip.ts';
import { clipSplit } from './clipSplit.ts';
import { clipSplitAll } from './clipSplitAll.ts';
import { clipTrim } from './clipTrim.ts';
import type { EditDefinition } from './definition.ts';
import { gapClose } from './gapClose.ts';
import { projectRename } from './projectRename.ts';
import { timelineCreate } from './timelineCreate.ts';
import { titleAdd, titleSetFields } from './titleAdd.ts';
import { trackRemove, trackReorder } from './trackArrange.ts';
import { trackAdd, trackSet } from './trackEdits.ts';
import { transitionAdd, transitionRemove } from './transitionAdd.ts';

/** Every edit command there is, in the order of the reference. */
const DEFINITIONS = [
  projectRename,
  timelineCreate,
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
  clipReplace,
  clipDuplicate,
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
  clipLink,
  clipUnlink,
  clipSetEnabled,
  clipRename,
  clipSetGain,
  transitionAdd,
  transitionRemove,
  titleAdd,
  titleSetFields,
  captionAdd,
  captionSetText,
  bookCreate,
  bookDelete,
  bookSetMetadata,
  chapterAdd,
  chapterWrite,
  chapterMove,
  chapterDelete,
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

/** JSON Schema (draft 2020-12) of a list of edit commands, with the summary of each. */
export function editCommandsJsonSchema(): Record<string, unknown> {
  const variants = DEFINITIONS.map((definition) => {
    const schema = z.toJSONSchema(definition.parameters, { io: 'input' }) as {
      properties?: Record<string, unknown>;
      required?: string[];
    };
    return {
      type: 'object',
      title: definition.type,
      description: definition.summary,
      properties: { type: { const: definition.type }, ...schema.properties },
      required: ['type', ...(schema.required ?? [])],
    };
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Inkreel edit commands',
    type: 'array',
    items: { oneOf: variants },
  };
}
