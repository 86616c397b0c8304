import { type Flicks, FLICKS_PER_SECOND, ZERO } from '../time/flicks.ts';
import { type TransitionNote, transitionNote } from './clipNotes.ts';
import type { InterchangeItem, InterchangeTransition } from './interchangeTimeline.ts';
import { otioClipDuration, readOtioClip } from './otioClip.ts';
import type { OtioReader } from './otioReader.ts';
import {
  compositionSchema,
  inkreelTransitionSchema,
  itemSchema,
  schemaOf,
  transitionSchema,
} from './otioSchema.ts';
import type { TrackContent } from './trimTrack.ts';

type TrackContext = {
  /** The track in words, for the report. */
  label: string;
  /** Whether its clips have a say in the edit rate. */
  countsForRate: boolean;
  /** Reads a stack or track that stands in the place of a clip. */
  readNest: (child: unknown, context: { where: string; countsForRate: boolean }) => InterchangeItem;
};

/** Reads the children of a track. What cannot be kept is a gap of the same length, if only of none. */
export function readOtioTrack(
  reader: OtioReader,
  children: readonly unknown[],
  context: TrackContext,
): TrackContent {
  const items: InterchangeItem[] = [];
  const transitions: InterchangeTransition[] = [];
  let waiting: { transition: InterchangeTransition; where: string } | null = null;
  for (const [index, child] of children.entries()) {
    const where = `${context.label}, item ${index + 1}`;
    if (schemaOf(child)?.name === 'Transition') {
      const transition = readTransition(reader, child, { where, afterItemIndex: items.length - 1 });
      if (items.at(-1)?.kind === 'clip') waiting = { transition, where };
      else loseTransition(reader, where);
      continue;
    }
    const item = readItem(reader, child, { ...context, where });
    items.push(item);
    if (waiting === null) continue;
    if (item.kind === 'clip') transitions.push(waiting.transition);
    else loseTransition(reader, waiting.where);
    waiting = null;
  }
  if (waiting !== null) loseTransition(reader, waiting.where);
  return { items, transitions };
}

type ItemContext = TrackContext & { where: string };

function readItem(reader: OtioReader, child: unknown, context: ItemContext): InterchangeItem {
  const { where } = context;
  const schema = schemaOf(child);
  if (schema !== null) reader.noteVersion(schema, where);
  switch (schema?.name) {
    case 'Clip':
      return readOtioClip(reader, child, context);
    case 'Gap': {
      const gap = reader.parse(itemSchema, child, where);
      reader.noteUnkept(gap, where, { markers: 'left out' });
      const range = gap.source_range;
      return gapOf(range ? reader.duration(range.duration, where) : ZERO);
    }
    case 'Stack':
    case 'Track':
      return context.readNest(child, context);
    default:
      reader.lose(
        'interchange/unknown-object',
        where,
        `“${schema?.name ?? 'Something unknown'}” was left out. A gap of its length stands in its place.`,
      );
      return gapOf(otioDuration(reader, child, where));
  }
}

function readTransition(
  reader: OtioReader,
  child: unknown,
  place: { where: string; afterItemIndex: number },
): InterchangeTransition {
  const { where, afterItemIndex } = place;
  const transition = reader.parse(transitionSchema, child, where);
  reader.noteMetadata(transition.metadata);
  const type = transition.transition_type ?? '';
  const noted = inkreelTransitionSchema.safeParse(transition.metadata).data?.inkreel;
  const look: TransitionNote =
    type === 'Custom_Transition' && noted !== undefined
      ? transitionNote(noted)
      : { kind: 'dissolve' };
  if (type !== 'SMPTE_Dissolve' && look.kind === 'dissolve') {
    reader.lose(
      'interchange/transition-kind',
      where,
      `The transition “${transition.name || type || 'without a name'}” became a dissolve.`,
    );
  }
  const { in_offset: before, out_offset: after } = transition;
  return {
    afterItemIndex,
    ...look,
    before: before ? reader.duration(before, where) : ZERO,
    after: after ? reader.duration(after, where) : ZERO,
  };
}

function loseTransition(reader: OtioReader, where: string): void {
  reader.lose(
    'interchange/transition-place',
    where,
    'A transition that does not stand between two clips was left out.',
  );
}

/** How long an item of any kind is that is not read; nothing where it does not say. The depth of the file is bounded before. */
export function otioDuration(reader: OtioReader, item: unknown, where: string): Flicks {
  const schema = schemaOf(item);
  if (schema?.name === 'Transition') return ZERO;
  if (schema?.name === 'Clip') return otioClipDuration(reader, item, where);
  const itself = itemSchema.safeParse(item).data;
  if (itself?.source_range) return reader.duration(itself.source_range.duration, where);
  const children = compositionSchema.safeParse(item).data?.children ?? [];
  const durations = children.map((child) => otioDuration(reader, child, where));
  return schema?.name === 'Track'
    ? reader.duration(
        { value: durations.reduce((sum, each) => sum + each, 0), rate: FLICKS_PER_SECOND },
        where,
      )
    : durations.reduce<Flicks>((longest, each) => (each > longest ? each : longest), ZERO);
}

function gapOf(duration: Flicks): InterchangeItem {
  return { kind: 'gap', duration };
}
