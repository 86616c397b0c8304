import { subtractFlicks, ZERO } from '../time/flicks.ts';
import { childElements, type XmlElement } from '../xml/xmlElement.ts';
import { type ClipSource, readClip } from './fcpxmlClip.ts';
import { type Found, type Kinds, NO_PARTS, type Parts, type Story } from './fcpxmlElements.ts';
import { noteConform, noteSplit } from './fcpxmlLosses.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';

/** A clip that shows media. */
export function readMedia(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers, asset }: Found & { asset: XmlElement | undefined },
): Parts {
  if (asset === undefined) {
    reader.lose(
      'interchange/generator',
      labelOf(element),
      'A generator or a clip without media was left out.',
    );
    return NO_PARTS;
  }
  const source = sourceOf(reader, asset);
  const has = (name: string) => asset.attributes.get(name) === '1';
  const isUnknown = !has('hasVideo') && !has('hasAudio');
  return partsOf(reader, story, element, {
    place,
    markers,
    source,
    kinds: {
      video: element.name !== 'audio' && (isUnknown || has('hasVideo')),
      audio: element.name !== 'video' && (isUnknown || has('hasAudio')),
    },
  });
}

function sourceOf(reader: FcpxmlReader, asset: XmlElement): ClipSource {
  const copies = childElements(asset, 'media-rep');
  const original = copies.find(({ attributes }) => attributes.get('kind') !== 'proxy-media');
  const url = (original ?? copies[0] ?? asset).attributes.get('src') ?? null;
  const duration = reader.flicks(reader.seconds(asset, 'duration'), asset);
  const isStill = duration === 0;
  return {
    mediaUrl: url === null || url === '' ? null : url.slice(0, 32_768),
    mediaDuration: isStill ? null : duration,
    mediaStart: reader.seconds(asset, 'start'),
    isStill,
  };
}

/** A clip that shows another timeline. */
export function readNest(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers }: Found,
): Parts {
  const source = story.nestOf(element);
  if (source === null) {
    reader.lose(
      'interchange/nested',
      labelOf(element),
      'A timeline inside the timeline could not be read. A gap stands in its place.',
    );
    return NO_PARTS;
  }
  return partsOf(reader, story, element, {
    place,
    markers,
    source,
    kinds: { video: true, audio: true },
  });
}

/** Picture and sound of a clip, as far as it is said to have them and to use them. */
function partsOf(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  found: Found & { source: ClipSource; kinds: Kinds },
): Parts {
  const { place, source } = found;
  const used = element.attributes.get('srcEnable') ?? 'all';
  const uses = (kind: 'video' | 'audio') =>
    found.kinds[kind] && place.kinds[kind] && (used === 'all' || used === kind);
  const link = uses('video') && uses('audio') ? reader.newLink() : null;
  noteConform(reader, story.frameRate, element);
  noteSplit(reader, element);
  const read = (kind: 'video' | 'audio', markers: readonly XmlElement[]) => {
    const duration = subtractFlicks(place.end, place.start);
    const { frameRate, aspect } = story;
    const clip = readClip(reader, element, source, {
      kind,
      duration,
      frameRate,
      aspect,
      link,
      markers,
    });
    if (clip === null || !source.isStill || clip.sourceRange.retime !== undefined) return clip;
    return { ...clip, sourceRange: { in: ZERO, out: duration } };
  };
  return {
    video: uses('video') ? read('video', found.markers) : null,
    audio: uses('audio') ? read('audio', uses('video') ? [] : found.markers) : null,
  };
}
