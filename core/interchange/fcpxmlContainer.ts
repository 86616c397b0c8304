import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import type { XmlElement } from '../xml/xmlElement.ts';
import { readClip, timingIn } from './fcpxmlClip.ts';
import { type Found, NO_PARTS, type Parts, type Story } from './fcpxmlElements.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import { type Segment, segmentEnd, windowOf } from './fcpxmlSegments.ts';
import { rangeOfTiming } from './fcpxmlTiming.ts';
import { minus, NOTHING, secondsOf } from './fraction.ts';
import type { InterchangeClip } from './interchangeTimeline.ts';

/** Containers inside containers beyond these are left out. */
const DEEPEST = 32;

/** A clip that holds others: what is in it, as `readInside` reads it, takes its place. */
export function readContainer(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers, readInside }: Found & { readInside: (inside: Story) => void },
): Parts {
  const label = labelOf(element);
  if (story.depth >= DEEPEST) {
    reader.lose('interchange/nested', label, 'Clips nested too deeply were left out.');
    return NO_PARTS;
  }
  const inside: Story = {
    ...story,
    segments: [],
    markers: [],
    noted: null,
    depth: story.depth + 1,
  };
  readInside(inside);
  if (element.name !== 'clip') {
    reader.lose(
      element.name === 'mc-clip' ? 'interchange/multicam' : 'interchange/sync-clip',
      label,
      element.name === 'mc-clip'
        ? 'Of a multicam clip, the angles in use were kept as plain clips.'
        : 'A synchronized clip was taken apart into the clips in it.',
    );
  }
  const timing = timingIn(reader, element, NOTHING);
  const length = subtractFlicks(place.end, place.start);
  const from = reader.flicks(timing.start, element);
  const window = { from, to: addFlicks(from, length), at: place.start, layer: place.layer };
  const parts: Parts = { ...NO_PARTS };
  const link = reader.newLink();
  for (const kind of ['video', 'audio'] as const) {
    const primary = inside.segments.filter((each) => each.kind === kind && each.layer === 0);
    const only = primary.length === 1 ? primary[0] : undefined;
    const clip = only?.items.length === 1 ? only.items[0] : undefined;
    const whole =
      only === undefined || clip === undefined
        ? null
        : wholeClip(reader, element, clip, { only, timing, length, story, kind, markers, link });
    if (whole !== null) {
      parts[kind] = whole;
      inside.segments.splice(inside.segments.indexOf(only as Segment), 1);
    }
  }
  if (timing.points !== null && inside.segments.length > 0) {
    reader.lose(
      'interchange/speed',
      label,
      'The speed of a clip that holds several others was left out.',
    );
  }
  if (inside.segments.length > 0 && parts.video === null && markers.length > 0) {
    reader.lose('interchange/marker', label, 'Markers of a clip that holds others were left out.');
  }
  for (const one of windowOf(inside.segments, window)) story.segments.push(one);
  return parts;
}

/** A container of one clip that fills it is that clip, with the container’s speed, adjustments and markers. */
function wholeClip(
  reader: FcpxmlReader,
  element: XmlElement,
  clip: InterchangeClip,
  found: {
    only: Segment;
    timing: ReturnType<typeof timingIn>;
    length: Flicks;
    story: Story;
    kind: 'video' | 'audio';
    markers: readonly XmlElement[];
    link: string;
  },
): InterchangeClip | null {
  const { only, timing, length, story, kind } = found;
  if (clip.sourceRange.retime !== undefined) return null;
  const isStill = clip.mediaDuration === null;
  const read = rangeOfTiming(timing, length, NOTHING);
  if (read === null) return null;
  const fills = only.start <= read.range.in && segmentEnd(only) >= read.range.out;
  if (!isStill && !fills) return null;
  // Time zero of the container in the time of the media.
  const shift = minus(secondsOf(only.start), secondsOf(clip.sourceRange.in));
  const outer = readClip(
    reader,
    element,
    {
      mediaUrl: clip.mediaUrl,
      ...(clip.nested === undefined ? {} : { nested: clip.nested }),
      mediaDuration: clip.mediaDuration,
      mediaStart: isStill ? NOTHING : shift,
      isStill,
    },
    {
      kind,
      duration: length,
      frameRate: story.frameRate,
      aspect: story.aspect,
      link: null,
      markers: kind === 'video' ? found.markers : [],
    },
  );
  if (outer === null) return null;
  const sourceRange =
    isStill && outer.sourceRange.retime === undefined
      ? { in: ZERO, out: length }
      : outer.sourceRange;
  const parameters = { ...clip.parameters, ...outer.parameters };
  return {
    ...clip,
    ...outer,
    name: outer.name === '' ? clip.name : outer.name,
    sourceRange,
    link: outer.link ?? clip.link,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(clip.disabled === true ? { disabled: true } : {}),
  };
}
