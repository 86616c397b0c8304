import { z } from 'zod';
import { type Flicks, subtractFlicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import type { InterchangeMarker } from './interchangeTimeline.ts';
import { otioTimeRange } from './otioTimes.ts';
import type { OtioReader } from './otioReader.ts';
import { markerSchema, schemaOf } from './otioSchema.ts';

/** Colours of markers in the format, with ours; null where we have none. */
const COLORS: Readonly<
  Record<string, { color: InterchangeMarker['color'] | null; isSame: boolean }>
> = {
  RED: { color: 'red', isSame: true },
  ORANGE: { color: 'orange', isSame: true },
  YELLOW: { color: 'yellow', isSame: true },
  GREEN: { color: 'green', isSame: true },
  BLUE: { color: 'blue', isSame: true },
  PURPLE: { color: 'purple', isSame: true },
  PINK: { color: 'red', isSame: false },
  CYAN: { color: 'blue', isSame: false },
  MAGENTA: { color: 'purple', isSame: false },
  BLACK: { color: null, isSame: false },
  WHITE: { color: null, isSame: false },
};

/** What the format’s own library gives a marker without a colour. */
const USUAL_COLOR = 'GREEN';

const noteSchema = z.object({
  inkreel: z.object({
    kind: z.enum(['standard', 'chapter', 'to-do']).optional().catch(undefined),
    color: z.null().optional().catch(undefined),
    of: z.literal('clip').optional().catch(undefined),
  }),
});

/** A marker for writing. `of` says that it belongs to the clip that shows a nested timeline, not to the timeline. */
export function otioMarker(marker: InterchangeMarker, counted: Rate, of?: 'clip'): object {
  const { time, duration, kind, name, note, color } = marker;
  const noted = {
    ...(kind === 'standard' ? {} : { kind }),
    ...(color === undefined ? { color: null } : {}),
    ...(of === undefined ? {} : { of }),
  };
  return {
    OTIO_SCHEMA: 'Marker.2',
    metadata: Object.keys(noted).length === 0 ? {} : { inkreel: noted },
    name,
    color: color?.toUpperCase() ?? USUAL_COLOR,
    marked_range: otioTimeRange(time, duration, counted),
    comment: note ?? '',
  };
}

/** Markers of an object, in time from `start` on, with whose they are. Earliest first, as they are kept. */
export function readOtioMarkers(
  reader: OtioReader,
  markers: readonly unknown[] | null | undefined,
  { where, start }: { where: string; start: Flicks },
): { marker: InterchangeMarker; isOfClip: boolean }[] {
  return (markers ?? [])
    .flatMap((object) => {
      const parsed = markerSchema.safeParse(object);
      if (!parsed.success) {
        reader.lose('interchange/marker', where, 'A marker that says no time was left out.');
        return [];
      }
      const marker = parsed.data;
      const schema = schemaOf(object);
      if (schema !== null) reader.noteVersion(schema, where);
      reader.noteMetadata(marker.metadata);
      const note = noteSchema.safeParse(marker.metadata).data?.inkreel;
      const color = note?.color === null && marker.color === USUAL_COLOR ? null : marker.color;
      const time = reader.time(marker.marked_range.start_time, where);
      const text = (marker.comment ?? '').toWellFormed().slice(0, 10_000);
      return [
        {
          marker: {
            time: subtractFlicks(time, start),
            duration: reader.duration(marker.marked_range.duration, where),
            kind: note?.kind ?? 'standard',
            name: (marker.name ?? '').toWellFormed().slice(0, 500),
            ...(text === '' ? {} : { note: text }),
            ...colorOf(reader, color ?? null, where),
          } satisfies InterchangeMarker,
          isOfClip: note?.of === 'clip',
        },
      ];
    })
    .sort((a, b) => a.marker.time - b.marker.time);
}

function colorOf(
  reader: OtioReader,
  name: string | null,
  where: string,
): { color?: NonNullable<InterchangeMarker['color']> } {
  if (name === null || name === '') return {};
  const known = Object.hasOwn(COLORS, name.toUpperCase()) ? COLORS[name.toUpperCase()] : undefined;
  if (known?.isSame !== true) {
    reader.lose(
      'interchange/marker-color',
      where,
      `The colour “${name}” of a marker became ${known?.color ?? 'the usual one'}.`,
    );
  }
  const color = known?.color ?? undefined;
  return color === undefined ? {} : { color };
}
