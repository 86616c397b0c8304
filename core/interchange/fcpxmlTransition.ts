import { type Flicks, subtractFlicks } from '../time/flicks.ts';
import { childElement, type XmlElement } from '../xml/xmlElement.ts';
import { readTransitionNote } from './fcpxmlNotes.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import { type Fraction, plus } from './fraction.ts';
import type { InterchangeItem, InterchangeTransition } from './interchangeTimeline.ts';

/** Picture and sound of a storyline. */
export type Lines = Record<
  'video' | 'audio',
  { items: InterchangeItem[]; transitions: InterchangeTransition[] }
>;

/** Adds a transition between the items `index` and `index + 1`, or reports it as lost. */
export function addTransition(
  reader: FcpxmlReader,
  element: XmlElement,
  place: { lines: Lines; index: number; cut: Flicks; origin: Fraction },
): void {
  const { lines, index, cut, origin } = place;
  const duration = reader.flicks(reader.seconds(element, 'duration'), element);
  const half = subtractFlicks(cut, ((duration - (duration % 2)) / 2) as Flicks);
  const start = element.attributes.has('offset')
    ? reader.flicks(plus(origin, reader.seconds(element, 'offset')), element)
    : half;
  const before = subtractFlicks(cut, start);
  const after = subtractFlicks(duration, before);
  if (before < 0 || after < 0 || duration === 0) {
    loseTransition(reader, element);
    return;
  }
  const has = (name: string) => childElement(element, name) !== undefined;
  const isOfBoth = has('filter-video') === has('filter-audio');
  const noted = readTransitionNote(element);
  let isPlaced = false;
  for (const kind of ['video', 'audio'] as const) {
    const joins = [index, index + 1].every((each) => lines[kind].items[each]?.kind === 'clip');
    if (!joins || (!isOfBoth && !has(`filter-${kind}`))) continue;
    isPlaced = true;
    lines[kind].transitions.push({
      afterItemIndex: index,
      ...(noted ?? { kind: 'dissolve' }),
      before,
      after,
    });
  }
  if (!isPlaced) loseTransition(reader, element);
  const filter = childElement(element, 'filter-video') ?? childElement(element, 'filter-audio');
  const name = element.attributes.get('name') ?? filter?.attributes.get('name') ?? '';
  if (isPlaced && noted === null && !/^(|cross dissolve|audio crossfade)$/i.test(name)) {
    reader.lose(
      'interchange/transition-kind',
      labelOf(element),
      `The transition “${name.slice(0, 200)}” became a dissolve.`,
    );
  }
}

/** Reports a transition that stands between no two clips. */
export function loseTransition(reader: FcpxmlReader, element: XmlElement): void {
  reader.lose(
    'interchange/transition-place',
    labelOf(element),
    'A transition that does not stand between two clips was left out.',
  );
}
