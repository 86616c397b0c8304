import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import { walkElements } from './htmlTree.ts';
import { classesOf } from './bookStyles.ts';
import type { NoteBody, Page, Place } from './pageReader.ts';
import { hasTerm, rolesOf, typesOf } from './pageTerms.ts';

export type FoundNotes = {
  bodies: Map<XmlElement, NoteBody>;
  /** Elements of notes, which do not stand in the flow. */
  parts: Set<XmlElement>;
  /** Links that lead back from a note to its call. */
  backlinks: Set<XmlElement>;
};

type Spot = { element: XmlElement; page: Page; ancestors: XmlElement[] };

const MARK = /^[[(]?(?:\d{1,4}|[*†‡§¶‖#]{1,4}|[a-z]|[ivxlc]{1,6}|note \d{1,4})[\])]?[.:]?$/iu;
const NOTE_TYPES = ['footnote', 'endnote', 'rearnote', 'note', 'annotation'];
const BODY_BLOCKS = new Set(['aside', 'li', 'p', 'div', 'dd', 'td', 'blockquote', 'section']);

/**
 * Finds the footnotes and endnotes of a book in all the forms that are common: `epub:type` and DPUB-ARIA roles, files of
 * endnotes with links back, and plain raised numbers that lead to a paragraph or list item that begins with the number or
 * leads back.
 */
export function findNotes(
  pages: readonly Page[],
  resolve: (page: Page, href: string) => Place | null,
): FoundNotes {
  const spots = new Map<string, Spot>();
  const links: (Spot & { place: Place })[] = [];
  for (const page of pages) collect(page, spots, links, resolve);
  const found: FoundNotes = { bodies: new Map(), parts: new Set(), backlinks: new Set() };
  const byTarget = new Map<XmlElement, NoteBody>();
  const callIds = new Set<string>();
  for (const link of links) {
    const { element, ancestors, place, page } = link;
    if (isBacklink(element) || ancestors.some((ancestor) => isNavigation(ancestor))) continue;
    if (isInside(ancestors, found.parts) && callIds.has(keyOf(place))) {
      found.backlinks.add(element);
      continue;
    }
    const isTyped = hasTerm(element, 'noteref', 'doc-noteref');
    if (!isTyped && !looksLikeCall(link)) continue;
    const target = spots.get(keyOf(place));
    const body = target && bodyOf(target);
    if (!body || body.element === element || ancestors.includes(body.element)) continue;
    const ids = idsAround(element, ancestors).map((id) => keyOf({ page: page.name, id }));
    const mark = textOf(element).trim();
    const isBody =
      isTyped ||
      hasNoteType(body) ||
      [...walkElements(body.element)].some((inner) => leadsTo(inner, body.page, ids, resolve)) ||
      beginsWith(body.element, mark);
    if (!isBody || isWholePage(body, isTyped)) continue;
    const known = byTarget.get(body.element) ?? {
      elements: [body.element],
      page: body.page,
      ancestors: body.ancestors,
    };
    byTarget.set(body.element, known);
    found.bodies.set(element, known);
    found.parts.add(body.element);
    for (const id of ids) callIds.add(id);
  }
  addFollowingParagraphs(found, byTarget);
  for (const { element, ancestors, place } of links) {
    const inBody = isInside(ancestors, found.parts);
    if (
      inBody &&
      !found.bodies.has(element) &&
      (isBacklink(element) || callIds.has(keyOf(place)))
    ) {
      found.backlinks.add(element);
    }
  }
  return found;
}

function keyOf({ page, id }: Place): string {
  return `${page}#${id}`;
}

function collect(
  page: Page,
  spots: Map<string, Spot>,
  links: (Spot & { place: Place })[],
  resolve: (page: Page, href: string) => Place | null,
): void {
  const ancestors: XmlElement[] = [];
  const visit = (element: XmlElement) => {
    const id =
      element.attributes.get('id') ??
      (element.name === 'a' ? element.attributes.get('name') : undefined);
    const key = id === undefined ? '' : keyOf({ page: page.name, id });
    if (id !== undefined && !spots.has(key))
      spots.set(key, { element, page, ancestors: [...ancestors] });
    const href = element.name === 'a' ? element.attributes.get('href') : undefined;
    if (href?.includes('#')) {
      const place = resolve(page, href.trim());
      if (place && place.id !== '') links.push({ element, page, ancestors: [...ancestors], place });
    }
    ancestors.push(element);
    for (const child of element.children) if (typeof child !== 'string') visit(child);
    ancestors.pop();
  };
  visit(page.root);
}

function isBacklink(element: XmlElement): boolean {
  return (
    hasTerm(element, 'backlink', 'doc-backlink') ||
    typesOf(element).includes('referrer') ||
    /^[\s\u00a0]*[↩↵⏎⤴↑^←⇑⬆]\ufe0e?[\s\u00a0]*$/u.test(textOf(element))
  );
}

function isNavigation(element: XmlElement): boolean {
  return element.name === 'nav';
}

function isInside(ancestors: readonly XmlElement[], parts: ReadonlySet<XmlElement>): boolean {
  return ancestors.some((ancestor) => parts.has(ancestor));
}

function looksLikeCall({ element, page, ancestors }: Spot): boolean {
  const text = textOf(element).trim();
  if (!MARK.test(text)) return false;
  if (/^[[(]|[*†‡§¶‖]/u.test(text)) return true;
  const parent = ancestors.at(-1);
  const near = [element, ...(parent ? [parent] : [])];
  const isRaised =
    near.some(({ name }) => name === 'sup') ||
    element.children.some((child) => typeof child !== 'string' && child.name === 'sup') ||
    page.styles.lookOf(element, ancestors).script === 'super';
  return (
    isRaised ||
    near.some((one) => classesOf(one).some((name) => /note|fn|foot|noteref/i.test(name)))
  );
}

/** The block that an id of a note stands for: the element itself, or the block whose beginning it marks. */
function bodyOf(spot: Spot): Spot | null {
  let { element, ancestors } = spot;
  while (!BODY_BLOCKS.has(element.name)) {
    if (element.name === 'dt') return definitionOf(spot.page, element, ancestors);
    const parent = ancestors.at(-1);
    if (
      parent === undefined ||
      /^(?:body|html)$/.test(parent.name) ||
      /^h[1-6]$/.test(element.name)
    ) {
      return null;
    }
    element = parent;
    ancestors = ancestors.slice(0, -1);
  }
  if (element.name !== 'p') return { element, page: spot.page, ancestors };
  const parent = ancestors.at(-1);
  const isFirst =
    parent?.children.find((child) => typeof child !== 'string' || child.trim() !== '') === element;
  const wraps =
    parent !== undefined &&
    isFirst &&
    (parent.name === 'li' ||
      parent.name === 'aside' ||
      (parent.name === 'div' &&
        classesOf(parent).some((name) => /^(?:foot|end)?-?notes?$|^fn$/i.test(name)) &&
        countNotes(parent) === 1));
  return wraps
    ? { element: parent, page: spot.page, ancestors: ancestors.slice(0, -1) }
    : { element, page: spot.page, ancestors };
}

/** How many of the blocks in an element have an id, as each note of a list of notes has. */
function countNotes(element: XmlElement): number {
  return element.children.filter(
    (child) =>
      typeof child !== 'string' && [...walkElements(child)].some((one) => one.attributes.has('id')),
  ).length;
}

function definitionOf(page: Page, term: XmlElement, ancestors: XmlElement[]): Spot | null {
  const siblings = ancestors.at(-1)?.children ?? [];
  const next = siblings
    .slice(siblings.indexOf(term) + 1)
    .find((child) => typeof child !== 'string');
  return next && typeof next !== 'string' && next.name === 'dd'
    ? { element: next, page, ancestors }
    : null;
}

function hasNoteType({ element }: Spot): boolean {
  return (
    typesOf(element).some((type) => NOTE_TYPES.includes(type)) ||
    rolesOf(element).some((role) => role === 'doc-footnote' || role === 'doc-endnote')
  );
}

function leadsTo(
  link: XmlElement,
  page: Page,
  ids: readonly string[],
  resolve: (page: Page, href: string) => Place | null,
): boolean {
  const href = link.name === 'a' ? link.attributes.get('href') : undefined;
  const place = href === undefined ? null : resolve(page, href.trim());
  return place !== null && ids.includes(keyOf(place));
}

function idsAround(element: XmlElement, ancestors: readonly XmlElement[]): string[] {
  const ids: (string | undefined)[] = [
    element.attributes.get('id'),
    element.attributes.get('name'),
  ];
  for (const inner of walkElements(element)) ids.push(inner.attributes.get('id'));
  for (const ancestor of ancestors.toReversed()) {
    if (BODY_BLOCKS.has(ancestor.name) || /^h[1-6]$/.test(ancestor.name)) {
      // A link back may lead to the paragraph of the call.
      ids.push(ancestor.attributes.get('id'));
      break;
    }
    ids.push(ancestor.attributes.get('id'));
  }
  const parent = ancestors.at(-1);
  for (const sibling of parent?.children ?? []) {
    if (typeof sibling !== 'string' && sibling.name === 'a') ids.push(sibling.attributes.get('id'));
  }
  return ids.filter((id) => id !== undefined);
}

function beginsWith(element: XmlElement, mark: string): boolean {
  const sign = mark.replace(/^[[(]|[\])]?[.:]?$/g, '');
  const head = /^[\s\u00a0]*[[(]?([^\s\])]+?)[\])]?[.:]?(?:[\s\u00a0]|$)/u.exec(
    textOf(element),
  )?.[1];
  return sign !== '' && head?.replace(/[.:)\]]+$/, '') === sign;
}

function isWholePage({ element }: Spot, isTyped: boolean): boolean {
  if (isTyped && element.name === 'aside') return false;
  const headings = [...walkElements(element)].some(({ name }) => /^h[1-6]$/.test(name));
  return headings || (!isTyped && textOf(element).length > 20_000);
}

/** Paragraphs between two notes of one list belong to the note above them. */
function addFollowingParagraphs(found: FoundNotes, byTarget: Map<XmlElement, NoteBody>): void {
  for (const [element, body] of byTarget) {
    const parent = body.ancestors.at(-1);
    if (element.name !== 'p' || parent === undefined) continue;
    const after = parent.children.slice(parent.children.indexOf(element) + 1);
    const next = after.findIndex((child) => typeof child !== 'string' && byTarget.has(child));
    const between =
      next < 0 ? [] : after.slice(0, next).filter((child) => typeof child !== 'string');
    if (!between.every(({ name }) => name === 'p' || name === 'blockquote')) continue;
    body.elements.push(...between);
    for (const one of between) found.parts.add(one);
  }
}
