/** Objects of OpenTimelineIO files, as another program may write them. */
type OtioObject = Record<string, unknown>;

export function rational(value: number, rate = 24): OtioObject {
  return { OTIO_SCHEMA: 'RationalTime.1', rate, value };
}

export function range(start: number, duration: number, rate = 24): OtioObject {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: rational(start, rate),
    duration: rational(duration, rate),
  };
}

export function media(url: string, available: OtioObject | null = null): OtioObject {
  return { OTIO_SCHEMA: 'ExternalReference.1', target_url: url, available_range: available };
}

export function clip(name: string, source: OtioObject | null, more: OtioObject = {}): OtioObject {
  return {
    OTIO_SCHEMA: 'Clip.2',
    name,
    source_range: source,
    media_references: { DEFAULT_MEDIA: media('film.mov') },
    active_media_reference_key: 'DEFAULT_MEDIA',
    ...more,
  };
}

export function gap(duration: number, rate = 24): OtioObject {
  return { OTIO_SCHEMA: 'Gap.1', source_range: range(0, duration, rate) };
}

export function dissolve(before: number, after: number, more: OtioObject = {}): OtioObject {
  return {
    OTIO_SCHEMA: 'Transition.1',
    transition_type: 'SMPTE_Dissolve',
    in_offset: rational(before),
    out_offset: rational(after),
    ...more,
  };
}

export function track(children: unknown[], more: OtioObject = {}): OtioObject {
  return { OTIO_SCHEMA: 'Track.1', name: 'V1', kind: 'Video', children, ...more };
}

export function timeline(tracks: unknown[], more: OtioObject = {}): OtioObject {
  return {
    OTIO_SCHEMA: 'Timeline.1',
    name: 'Film',
    tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks },
    ...more,
  };
}

/** The text of a timeline with one picture track that holds the given children. */
export function fileOf(children: unknown[], more: OtioObject = {}): string {
  return JSON.stringify(timeline([track(children)], more));
}
