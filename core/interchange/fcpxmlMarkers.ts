import { flicks, ZERO } from '../time/flicks.ts';
import type { Flicks } from '../time/flicks.ts';
import { type XmlElement, xmlElement } from '../xml/xmlElement.ts';
import { fcpxmlFlicks, fcpxmlTime, parseFcpxmlTime } from './fcpxmlTimes.ts';
import { type Fraction, flicksOf } from './fraction.ts';
import type { InterchangeMarker } from './interchangeTimeline.ts';

/** A marker at an own time of what it stands on; `frame` is the shortest time that the format lets it last. */
export function markerElement(
  marker: InterchangeMarker,
  start: Fraction,
  frame: Flicks,
): XmlElement {
  const { kind, name, note, duration } = marker;
  const shared = {
    start: fcpxmlTime(start),
    duration: fcpxmlFlicks(duration === 0 ? frame : duration),
    value: name,
    note,
  };
  if (kind === 'chapter') return xmlElement('chapter-marker', { ...shared, posterOffset: '0s' });
  return xmlElement('marker', { ...shared, completed: kind === 'to-do' ? '0' : undefined });
}

/** A marker with the own time it stands at; null when it says no time. One frame is no duration of its own. */
export function readMarker(
  element: XmlElement,
  frame: Flicks,
): { start: Fraction; marker: Omit<InterchangeMarker, 'time'> } | null {
  const { attributes } = element;
  const start = parseFcpxmlTime(attributes.get('start') ?? '');
  if (start === null) return null;
  const seconds = parseFcpxmlTime(attributes.get('duration') ?? '0s');
  const duration = (seconds === null ? null : flicksOf(seconds)) ?? ZERO;
  const note = (attributes.get('note') ?? '').toWellFormed().slice(0, 10_000);
  const isToDo = attributes.get('completed') !== undefined;
  return {
    start,
    marker: {
      duration: duration <= frame ? ZERO : flicks(duration),
      kind: element.name === 'chapter-marker' ? 'chapter' : isToDo ? 'to-do' : 'standard',
      name: (attributes.get('value') ?? '').toWellFormed().slice(0, 500),
      ...(note === '' ? {} : { note }),
    },
  };
}
