import type { SourceRange } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { type ClipNote, notedParts } from './clipNotes.ts';
import type { InterchangeClip, InterchangeItem } from './interchangeTimeline.ts';
import { readOtioMarkers } from './otioMarkers.ts';
import type { OtioReader } from './otioReader.ts';
import {
  clipSchema,
  DEFAULT_MEDIA_KEY,
  inkreelClipSchema,
  mediaReferenceSchema,
  type OtioClip,
  type OtioItem,
  schemaOf,
  TIME_EFFECTS,
  timeEffectSchema,
} from './otioSchema.ts';
import { isTimedAs } from './otioTiming.ts';
import { rangeAtSpeed, speedFromDecimal, speedText } from './speeds.ts';

type ClipContext = {
  where: string;
  /** Whether its range has a say in the edit rate. */
  countsForRate: boolean;
};

/** Reads a clip; what cannot be kept is a gap of the same length, if only of none. */
export function readOtioClip(
  reader: OtioReader,
  child: unknown,
  context: ClipContext,
): InterchangeItem {
  const clip = reader.parse(clipSchema, child, context.where);
  const label = clip.name ? `${context.where} (“${clip.name}”)` : context.where;
  const media = readMedia(reader, clip, label);
  const used = clip.source_range ?? media.range;
  if (!used) {
    reader.noteUnkept(clip, label, { markers: 'left out' });
    reader.lose(
      'interchange/no-range',
      label,
      'A clip that does not say how long it is was left out.',
    );
    return { kind: 'gap', duration: ZERO };
  }
  if (context.countsForRate) {
    const { rate } = used.duration;
    reader.pictureRates.set(rate, (reader.pictureRates.get(rate) ?? 0) + 1);
  }
  const duration = reader.duration(used.duration, label);
  if (duration === 0) {
    reader.noteUnkept(clip, label, { markers: 'left out' });
    reader.lose('interchange/empty-clip', label, 'A clip of no length was left out.');
    return { kind: 'gap', duration: ZERO };
  }
  const mediaStart = media.range ? reader.time(media.range.start_time, label) : ZERO;
  const first = subtractFlicks(reader.time(used.start_time, label), mediaStart);
  const markers = readOtioMarkers(reader, clip.markers, { where: label, start: mediaStart }).map(
    ({ marker }) => marker,
  );
  const note = clipNoteOf(clip);
  return {
    kind: 'clip',
    name: clip.name ?? '',
    mediaUrl: media.url,
    sourceRange: readOtioRange(reader, clip, { first, duration, where: label, note }),
    mediaDuration: media.range ? reader.duration(media.range.duration, label) : null,
    ...notedParts(note),
    ...(clip.enabled === false ? { disabled: true } : {}),
    ...(markers.length === 0 ? {} : { markers }),
  } satisfies InterchangeClip;
}

/** What this program noted of a clip or of a stack in its place. */
export function clipNoteOf(item: OtioItem): ClipNote {
  return inkreelClipSchema.safeParse(item.metadata).data?.inkreel ?? {};
}

/**
 * The used part with the speed that the effects give it; `first` is where the file says that it starts, from the
 * beginning of the media. Effects that are no changes of speed are reported, as are speeds that cannot be kept.
 */
export function readOtioRange(
  reader: OtioReader,
  item: OtioItem,
  found: { first: Flicks; duration: Flicks; where: string; note: ClipNote },
): SourceRange {
  const { first, duration, where, note } = found;
  reader.noteMetadata(item.metadata);
  let scalar: number | null = null;
  for (const effect of item.effects ?? []) {
    const name = schemaOf(effect)?.name ?? '';
    if (!TIME_EFFECTS.includes(name)) {
      reader.loseEffect(where);
      continue;
    }
    const own = reader.parse(timeEffectSchema, effect, where).time_scalar;
    if (name === 'FreezeFrame') scalar = 0;
    else if (own === null || own === undefined) reader.loseSpeed(where);
    else scalar = (scalar ?? 1) * own;
  }
  const noted = note.sourceRange;
  if (noted !== undefined && isTimedAs(noted, { start: first, duration, scalar })) return noted;
  const plain = { in: first, out: addFlicks(first, duration) };
  if (scalar === null) return plain;
  const read = speedFromDecimal(scalar);
  const range = read === null ? null : rangeAtSpeed(first, duration, read.speed);
  if (read === null || range === null) {
    reader.loseSpeed(where);
    return plain;
  }
  if (!read.isExact) {
    reader.lose(
      'interchange/speed-rounded',
      where,
      `The speed was rounded to ${speedText(read.speed.num / read.speed.den)}.`,
    );
  }
  return range;
}

/** How long a clip is that is not read; nothing where it does not say. */
export function otioClipDuration(reader: OtioReader, child: unknown, where: string): Flicks {
  const clip = reader.parse(clipSchema, child, where);
  const media = mediaReferenceSchema.safeParse(mediaInUse(clip)).data;
  const range = clip.source_range ?? media?.available_range;
  return range ? reader.duration(range.duration, where) : ZERO;
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
