import type { Rate } from '../time/rate.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import { ANCHORED, MARKERS } from './fcpxmlElements.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';

/** Footage of nearly the rate of the timeline is played frame by frame unless a file says otherwise. */
export function noteConform(reader: FcpxmlReader, frameRate: Rate, element: XmlElement): void {
  const conform = childElement(element, 'conform-rate');
  if (conform === undefined || conform.attributes.get('scaleEnabled') === '0') return;
  const from = Number(conform.attributes.get('srcFrameRate') ?? '');
  const to = frameRate.num / frameRate.den;
  if (!(from > 0) || Math.abs(from - to) < 0.01 || Math.abs(from / to - 1) > 0.05) return;
  reader.lose(
    'interchange/conform-rate',
    labelOf(element),
    `The clip was played at ${Math.round((to / from) * 10_000) / 100} % to fit the frame rate of the timeline. It plays at its own speed.`,
  );
}

/** Sound that begins or ends apart from its picture. */
export function noteSplit(reader: FcpxmlReader, element: XmlElement): void {
  if (!element.attributes.has('audioStart') && !element.attributes.has('audioDuration')) return;
  reader.lose(
    'interchange/split-edit',
    labelOf(element),
    'The sound of this clip began or ended apart from its picture. It goes with the picture.',
  );
}

const SOUND_SOURCES = ['audio-channel-source', 'audio-role-source', 'sync-source', 'mc-source'];

/** Children of story elements that are read, or that change nothing that is seen or heard. */
const KNOWN_CHILDREN = [
  'conform-rate',
  'timeMap',
  'metadata',
  'adjust-transform',
  'adjust-blend',
  'adjust-volume',
  'adjust-panner',
  ...ANCHORED,
  ...MARKERS,
  'gap',
  'transition',
  'text',
  'text-style-def',
  'param',
];

/** Reports what changes picture or sound and is not read. */
export function noteFilters(reader: FcpxmlReader, element: XmlElement): void {
  const where = labelOf(element);
  for (const child of childElements(element)) {
    const what = child.attributes.get('name') ?? child.name;
    if (child.name === 'keyword' || child.name === 'rating' || child.name === 'analysis-marker') {
      reader.lose('interchange/keyword', where, `A ${child.name} was left out.`);
    } else if (child.name === 'adjust-crop') {
      reader.lose('interchange/crop', where, 'The crop was left out.');
    } else if (child.name === 'note') {
      reader.lose('interchange/note', where, 'The note of a clip was left out.');
    } else if (SOUND_SOURCES.includes(child.name)) {
      const isChanged = childElements(child).length > 0 || child.attributes.get('enabled') === '0';
      if (!isChanged && child.attributes.get('active') !== '0') continue;
      reader.lose(
        'interchange/channels',
        where,
        'What was set for single channels or roles of the sound was left out.',
      );
    } else if (child.name === 'adjust-conform') {
      const type = child.attributes.get('type') ?? 'fit';
      if (type === 'fit') continue;
      reader.lose(
        'interchange/conform',
        where,
        `That the picture is fitted by “${type.slice(0, 20)}” was left out. It is fitted into the frame.`,
      );
    } else if (!KNOWN_CHILDREN.includes(child.name)) {
      reader.lose('interchange/effect', where, `“${what.slice(0, 200)}” was left out.`);
    }
  }
}
