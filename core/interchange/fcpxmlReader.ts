import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Flicks } from '../time/flicks.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import { foreignNotes } from './fcpxmlNotes.ts';
import { parseFcpxmlTime } from './fcpxmlTimes.ts';
import { type Fraction, flicksOf, NOTHING } from './fraction.ts';
import type { InterchangeSequence } from './interchangeTimeline.ts';

/** Clips, gaps and transitions that a file may have, those of multicam clips counted wherever they are used. */
const MAX_ITEMS = 200_000;

/** What is gathered while a Final Cut Pro XML file is read: losses, resources, and nested timelines. */
export class FcpxmlReader {
  readonly losses: Loss[] = [];
  readonly nested = new Map<string, InterchangeSequence>();
  /** Keys of nested timelines by the resources that they come from; null while one is read. */
  readonly nestKeys = new Map<string, string | null>();
  /** Ids of clips that are switched off by themselves, whatever their track is. */
  readonly notedOff = new Set<string>();
  readonly #resources = new Map<string, XmlElement>();
  readonly #foreign = new Map<string, number>();
  #items = 0;
  #links = 0;

  constructor(root: XmlElement) {
    if (itemsIn(root) > MAX_ITEMS) refuseTooLarge();
    const resources = childElement(root, 'resources');
    for (const element of resources === undefined ? [] : childElements(resources)) {
      const id = element.attributes.get('id');
      if (id !== undefined) this.#resources.set(id, element);
      this.noteForeign(element);
    }
  }

  resource(name: string, id: string | undefined): XmlElement | undefined {
    const found = id === undefined ? undefined : this.#resources.get(id);
    return found?.name === name ? found : undefined;
  }

  lose(code: string, where: string, message: string): void {
    this.losses.push({ code, where, message });
  }

  /** A new link, for the picture and the sound of one clip. */
  newLink(): string {
    this.#links += 1;
    return `link-${this.#links}`;
  }

  countItem(): void {
    this.#items += 1;
    if (this.#items > MAX_ITEMS) refuseTooLarge();
  }

  /** The time in an attribute; `usual` where there is none. Refuses `interchange/malformed` for what is no time. */
  seconds(element: XmlElement, name: string, usual: Fraction = NOTHING): Fraction {
    const text = element.attributes.get(name);
    if (text === undefined) return usual;
    const seconds = parseFcpxmlTime(text);
    if (seconds === null || flicksOf(seconds) === null)
      return this.#refuseTime(element, name, text);
    return seconds;
  }

  /** The nearest flick to a time. Refuses `interchange/malformed` beyond 30 days. */
  flicks(seconds: Fraction, element: XmlElement): Flicks {
    return flicksOf(seconds) ?? this.#refuseTime(element, 'offset', '');
  }

  noteForeign(element: XmlElement): void {
    for (const owner of foreignNotes(element)) {
      this.#foreign.set(owner, (this.#foreign.get(owner) ?? 0) + 1);
    }
  }

  /** One line for each kind of metadata that was not kept, up to twenty. */
  reportForeign(): void {
    const owners = [...this.#foreign];
    for (const [owner, count] of owners.slice(0, 20)) {
      this.lose(
        'interchange/metadata',
        'timeline',
        `Notes that another program keeps under “${owner.slice(0, 100)}” were left out (${count} of them).`,
      );
    }
    if (owners.length > 20) {
      this.lose(
        'interchange/metadata',
        'timeline',
        `Notes under ${owners.length - 20} more names were left out.`,
      );
    }
  }

  #refuseTime(element: XmlElement, attribute: string, text: string): never {
    refuse(
      'interchange/malformed',
      `A time in this file cannot be, at line ${element.line}. Nothing was imported.`,
      { line: element.line, element: element.name, attribute, text: text.slice(0, 100) },
    );
  }
}

function refuseTooLarge(): never {
  refuse(
    'interchange/too-large',
    'This file has more than 200,000 clips, gaps and transitions. Nothing was imported.',
    { most: MAX_ITEMS },
  );
}

/** Story elements of a file, so that one with too many is refused before they are read. */
function itemsIn(root: XmlElement): number {
  const own = /(^|-)(clip|gap|video|audio|transition)$/.test(root.name) ? 1 : 0;
  return childElements(root).reduce((sum, child) => sum + itemsIn(child), own);
}

/** An element in words, for reports. */
export function labelOf(element: XmlElement): string {
  const name = element.attributes.get('name');
  const where = `line ${element.line}`;
  return name === undefined || name === '' ? where : `${where} (“${name.slice(0, 200)}”)`;
}
