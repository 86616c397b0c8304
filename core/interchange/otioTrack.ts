import { addFlicks, type Flicks, FLICKS_PER_SECOND, subtractFlicks, ZERO } from '../time/flicks.ts';
import type {
  InterchangeClip,
  InterchangeItem,
  InterchangeTransition,
} from './interchangeTimeline.ts';
import type { OtioReader } from './otioReader.ts';
import {
  clipSchema,
  compositionSchema,
  DEFAULT_MEDIA_KEY,
  inkreelClipSchema,
  itemSchema,
  mediaReferenceSchema,
  type OtioClip,
  schemaOf,
  transitionSchema,
} from './otioSchema.ts';
import type { TrackContent } from './trimTrack.ts';

type TrackContext = {
  /** The track in words, for the report. */
  label: string;
  /** Whether its clips have a say in the edit rate. */
  countsForRate: boolean;
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
      return readClip(reader, reader.parse(clipSchema, child, where), context);
    case 'Gap': {
      const gap = reader.parse(itemSchema, child, where);
      reader.noteItem(gap, where);
      const range = gap.source_range;
      return gapOf(range ? reader.duration(range.duration, where) : ZERO);
    }
    case 'Stack':
    case 'Track':
      reader.lose(
        'interchange/nested',
        where,
        'A timeline inside the timeline was left out. A gap of its length stands in its place.',
      );
      return gapOf(durationOf(reader, child, where));
    default:
      reader.lose(
        'interchange/unknown-object',
        where,
        `“${schema?.name ?? 'Something unknown'}” was left out. A gap of its length stands in its place.`,
      );
      return gapOf(durationOf(reader, child, where));
  }
}

function readClip(reader: OtioReader, clip: OtioClip, context: ItemContext): InterchangeItem {
  const label = clip.name ? `${context.where} (“${clip.name}”)` : context.where;
  reader.noteItem(clip, label);
  const media = readMedia(reader, clip, label);
  const used = clip.source_range ?? media.range;
  if (!used) {
    reader.lose(
      'interchange/no-range',
      label,
      'A clip that does not say how long it is was left out.',
    );
    return gapOf(ZERO);
  }
  if (context.countsForRate) {
    const { rate } = used.duration;
    reader.pictureRates.set(rate, (reader.pictureRates.get(rate) ?? 0) + 1);
  }
  const duration = reader.duration(used.duration, label);
  if (clip.enabled === false) {
    reader.lose('interchange/disabled', label, 'A clip that is switched off was left out.');
    return gapOf(duration);
  }
  if (duration === 0) {
    reader.lose('interchange/empty-clip', label, 'A clip of no length was left out.');
    return gapOf(ZERO);
  }
  const mediaStart = media.range ? reader.time(media.range.start_time, label) : ZERO;
  const first = subtractFlicks(reader.time(used.start_time, label), mediaStart);
  const own = inkreelClipSchema.safeParse(clip.metadata).data?.inkreel;
  return {
    kind: 'clip',
    id: own?.clipId ?? null,
    name: clip.name ?? '',
    mediaUrl: media.url,
    sourceRange: { in: first, out: addFlicks(first, duration) },
    mediaDuration: media.range ? reader.duration(media.range.duration, label) : null,
    link: own?.linkId ?? null,
    gainDb: own?.gainDb ?? null,
  } satisfies InterchangeClip;
}

function readMedia(reader: OtioReader, clip: OtioClip, where: string) {
  const object = mediaInUse(clip);
  if (object === undefined || object === null) return { url: null, range: null };
  const reference = reader.parse(mediaReferenceSchema, object, where);
  reader.noteMetadata(reference.metadata);
  const schema = schemaOf(object);
  const range = reference.available_range ?? null;
  if (schema !== null) reader.noteVersion(schema, where);
  if (schema?.name === 'ExternalReference') return { url: reference.target_url ?? null, range };
  if (schema?.name !== 'MissingReference') {
    reader.lose(
      'interchange/media-kind',
      where,
      `The media of a clip is not a file but “${schema?.name ?? 'unknown'}”. It cannot be used.`,
    );
  }
  return { url: null, range };
}

function mediaInUse(clip: OtioClip): unknown {
  const key = clip.active_media_reference_key ?? DEFAULT_MEDIA_KEY;
  const all = clip.media_references;
  return all && Object.hasOwn(all, key) ? all[key] : clip.media_reference;
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
  if (type !== 'SMPTE_Dissolve') {
    reader.lose(
      'interchange/transition-kind',
      where,
      `The transition “${transition.name || type || 'without a name'}” became a dissolve.`,
    );
  }
  const { in_offset: before, out_offset: after } = transition;
  return {
    afterItemIndex,
    kind: 'dissolve',
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

/** How long an item of any kind is; nothing where it does not say. The depth of the file is bounded before. */
function durationOf(reader: OtioReader, item: unknown, where: string): Flicks {
  const schema = schemaOf(item);
  if (schema?.name === 'Transition') return ZERO;
  if (schema?.name === 'Clip') {
    const clip = reader.parse(clipSchema, item, where);
    const media = mediaReferenceSchema.safeParse(mediaInUse(clip)).data;
    const range = clip.source_range ?? media?.available_range;
    return range ? reader.duration(range.duration, where) : ZERO;
  }
  const itself = itemSchema.safeParse(item).data;
  if (itself?.source_range) return reader.duration(itself.source_range.duration, where);
  const children = compositionSchema.safeParse(item).data?.children ?? [];
  const durations = children.map((child) => durationOf(reader, child, where));
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
