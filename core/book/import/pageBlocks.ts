import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import { bookLink } from '../link.ts';
import { type Block, MAX_NESTING, type Paragraph } from '../manuscript.ts';
import { classesOf } from './bookStyles.ts';
import { attribute, walkElements } from './htmlTree.ts';
import { bookText } from './imported.ts';
import { type Marks, marksOfElement } from './marksOfElement.ts';
import { linesOf, paragraphBlocks, plainText, readPicture } from './pageLine.ts';
import { SET_APART } from './pageLines.ts';
import {
  type Context,
  type Flow,
  lose,
  type NoteBody,
  type Page,
  type PageReader,
  takeId,
  tally,
} from './pageReader.ts';
import { namesBreak } from './ornaments.ts';
import { readTable } from './pageTable.ts';
import { hasTerm, rolesOf, typesOf } from './pageTerms.ts';

/** Reads a page into blocks. `base` is the level of its chapter's heading, from 1 to 6. */
export function readPage(reader: PageReader, page: Page): Flow {
  const flow = newFlow(reader, page, new Map());
  const context = { ancestors: [], marks: {}, align: undefined, depth: 1, isSetApart: false };
  readElement(flow, page.root, context);
  flush(flow, context);
  return flow;
}

/** An empty flow of a page; blocks inside others have one of their own. */
function newFlow(
  reader: PageReader,
  page: Page,
  anchors: Flow['anchors'],
  outer?: Pick<Flow, 'levels' | 'softBreaks' | 'numbers'>,
): Flow {
  const {
    levels = new Map(),
    softBreaks = new Set(),
    numbers = new Set(),
  }: Partial<typeof outer & object> = outer ?? {};
  const line = { pieces: [], wantedId: undefined };
  return { reader, page, out: [], ...line, anchors, levels, numbers, softBreaks, sections: [] };
}

const BLOCKS = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol optgroup option p pre section summary table ul'.split(
    ' ',
  ),
);
const MEDIA = new Set(['audio', 'video', 'iframe', 'embed', 'canvas', 'applet', 'frame']);
const SILENT = new Set([
  'head',
  'style',
  'template',
  'rp',
  'annotation',
  'metadata',
  'link',
  'meta',
]);

function readChildren(flow: Flow, element: XmlElement, context: Context): void {
  for (const child of element.children) {
    if (typeof child === 'string') addText(flow, child, context.marks);
    else readElement(flow, child, context);
  }
}

/** Ends the line that is being collected; it becomes a paragraph. */
function flush(flow: Flow, context: Pick<Context, 'align'>): void {
  if (flow.pieces.length > 0) {
    const { reader, page, pieces, wantedId: id } = flow;
    flow.out.push(...paragraphBlocks(reader, page, pieces, { id, align: context.align }));
  }
  flow.pieces = [];
  flow.wantedId = undefined;
}

function addText(flow: Flow, text: string, marks: Marks): void {
  const last = flow.pieces.at(-1);
  const before = flow.pieces.at(-2);
  if (
    last?.kind === 'note' &&
    before?.kind === 'text' &&
    /^[\])]/.test(text) &&
    /[[(]$/.test(before.text)
  ) {
    // Brackets around the number of a note go with the number.
    flow.pieces[flow.pieces.length - 2] = { ...before, text: before.text.slice(0, -1) };
    flow.pieces.push({ kind: 'text', text: text.slice(1), marks });
  } else flow.pieces.push({ kind: 'text', text, marks });
}

function readElement(flow: Flow, element: XmlElement, context: Context): void {
  const { reader, page } = flow;
  noteAnchor(flow, element);
  const terms = [...typesOf(element), ...rolesOf(element).map((role) => role.replace(/^doc-/, ''))];
  if (flow.anchors && terms.length > 0 && BLOCKS.has(element.name)) {
    flow.sections.push({ index: flow.out.length, terms, id: element.attributes.get('id') });
  }
  if (reader.setAside.has(element) || reader.noteParts.has(element)) return;
  if (SILENT.has(element.name)) return;
  if (element.name === 'script') {
    if (!/^application\/(?:ld\+)?json$/i.test(element.attributes.get('type') ?? '')) {
      tally(reader, page, 'script', scriptsLeftOut);
    }
    return;
  }
  const look = page.styles.lookOf(element, context.ancestors);
  if (look.hidden || element.attributes.has('hidden')) {
    hide(flow, element);
    return;
  }
  if (hasTerm(element, 'pagebreak', 'doc-pagebreak')) {
    reader.setAside.add(element);
    tally(reader, page, 'page-number', (count) =>
      count === 1
        ? 'The number of a printed page was left out.'
        : `The numbers of ${count} printed pages were left out.`,
    );
    return;
  }
  const inner = innerContext(element, context, look.align, page);
  if (BLOCKS.has(element.name)) readBlock(flow, element, context, inner);
  else readInLine(flow, element, context, inner);
}

function scriptsLeftOut(count: number): string {
  return count === 1
    ? 'A script was left out. Scripts of a book never run here.'
    : `${count} scripts were left out. Scripts of a book never run here.`;
}

function noteAnchor(flow: Flow, element: XmlElement): void {
  const id =
    element.attributes.get('id') ?? (element.name === 'a' && element.attributes.get('name'));
  if (id && flow.anchors && !flow.anchors.has(id)) flow.anchors.set(id, flow.out.length);
}

function hide(flow: Flow, element: XmlElement): void {
  const { reader, page } = flow;
  reader.setAside.add(element);
  const words = textOf(element).trim().split(/\s+/).filter(Boolean).length;
  if (words === 0 || element.name === 'nav') return;
  lose(
    reader,
    page,
    'hidden-text',
    `Text that the book hides was left out: “${shorten(textOf(element))}” (${words === 1 ? 'one word' : `${words} words`}).`,
  );
}

function innerContext(
  element: XmlElement,
  context: Context,
  align: 'center' | 'end' | 'none' | undefined,
  page: Page,
): Context {
  const book = { language: page.language, isSetApart: context.isSetApart };
  const said = align ?? alignAttribute(element);
  return {
    ...context,
    ancestors: [...context.ancestors, element],
    marks: marksOfElement(element, context.ancestors, context.marks, page.styles, book),
    align: said === undefined ? context.align : said === 'none' ? undefined : said,
    isSetApart: context.isSetApart || SET_APART.has(element.name),
  };
}

function alignAttribute(element: XmlElement): 'center' | 'end' | undefined {
  if (element.name === 'center') return 'center';
  const value = element.attributes.get('align')?.toLowerCase();
  return value === 'center' ? 'center' : value === 'right' ? 'end' : undefined;
}

function readInLine(flow: Flow, element: XmlElement, context: Context, inner: Context): void {
  const { reader, page, pieces } = flow;
  switch (element.name) {
    case 'br':
      pieces.push({ kind: 'break' });
      return;
    case 'wbr':
      return;
    case 'img':
    case 'image': {
      const picture = readPicture(reader, page, element);
      if (picture && isOrnamentPicture(element, inner)) {
        flush(flow, context);
        flow.out.push({ kind: 'scene-break', id: picture.id });
      } else if (picture) pieces.push(picture);
      return;
    }
    case 'svg':
      readDrawing(flow, element, inner);
      return;
    case 'object':
      readObject(flow, element, inner);
      return;
    case 'a':
      if (readNoteCall(flow, element, context)) return;
      tellOfLink(flow, element);
      readChildren(flow, element, inner);
      return;
    case 'q':
      addText(flow, '“', inner.marks);
      readChildren(flow, element, inner);
      addText(flow, '”', inner.marks);
      return;
    case 'rt':
      addText(flow, ' (', inner.marks);
      readChildren(flow, element, inner);
      addText(flow, ')', inner.marks);
      return;
    case 'math':
      tally(reader, page, 'formula', (count) =>
        count === 1
          ? 'A formula was kept as plain text.'
          : `${count} formulas were kept as plain text.`,
      );
      readChildren(flow, element, inner);
      return;
    default:
      if (MEDIA.has(element.name)) leaveOutMedia(flow, element);
      else readChildren(flow, element, inner);
  }
}

function leaveOutMedia(flow: Flow, element: XmlElement): void {
  const { reader, page } = flow;
  reader.setAside.add(element);
  const what =
    element.name === 'audio' ? 'A sound' : element.name === 'video' ? 'A film' : 'Embedded content';
  const words = textOf(element).trim();
  lose(
    reader,
    page,
    'media',
    `${what} was left out${words === '' ? '' : `, with the text that stands in for it: “${shorten(words)}”`}.`,
  );
}

function readObject(flow: Flow, element: XmlElement, inner: Context): void {
  const type = element.attributes.get('type') ?? '';
  const picture = /^image\//i.test(type) ? readPicture(flow.reader, flow.page, element) : null;
  if (picture) {
    flow.reader.setAside.add(element);
    const alt = bookText(textOf(element).replace(/\s+/g, ' ')).trim().slice(0, 4_000);
    flow.pieces.push({ ...picture, alt: picture.alt === '' ? alt : picture.alt });
    return;
  }
  lose(flow.reader, flow.page, 'media', 'Embedded content was left out; its text was kept.');
  readChildren(flow, element, inner);
}

function readDrawing(flow: Flow, element: XmlElement, inner: Context): void {
  const { reader, page } = flow;
  const images: XmlElement[] = [];
  const texts: XmlElement[] = [];
  const visit = (node: XmlElement) => {
    if (node.name === 'image') images.push(node);
    else if (node.name === 'text' || node.name === 'foreignobject') texts.push(node);
    else if (node.name === 'script') tally(reader, page, 'script', scriptsLeftOut);
    else if (/^(?:title|desc|metadata|style)$/.test(node.name)) reader.setAside.add(node);
    else for (const child of node.children) if (typeof child !== 'string') visit(child);
  };
  visit(element);
  const title = element.children.find((node) => typeof node !== 'string' && node.name === 'title');
  const label =
    element.attributes.get('aria-label') ??
    (title && typeof title !== 'string' ? textOf(title) : '');
  for (const image of images) {
    const picture = readPicture(reader, page, image);
    const alt = bookText(label.replace(/\s+/g, ' ')).trim().slice(0, 4_000);
    if (picture) flow.pieces.push(picture.alt === '' ? { ...picture, alt } : picture);
  }
  for (const text of texts) {
    flow.pieces.push({ kind: 'break' });
    readChildren(flow, text, inner);
    flow.pieces.push({ kind: 'break' });
  }
  if (images.length === 0) {
    tally(reader, page, 'drawing', (count) =>
      count === 1
        ? 'A drawing (SVG) in the text was left out; its words were kept.'
        : `${count} drawings (SVG) in the text were left out; their words were kept.`,
    );
  }
}

function tellOfLink(flow: Flow, element: XmlElement): void {
  const href = element.attributes.get('href')?.trim();
  if (href === undefined || href === '' || bookLink(href) !== null) return;
  if (flow.reader.resolve(flow.page, href) !== null) {
    tally(flow.reader, flow.page, 'link-inside', (count) =>
      count === 1
        ? 'A link to another place in the book became plain text.'
        : `${count} links to other places in the book became plain text.`,
    );
    return;
  }
  tally(flow.reader, flow.page, 'link', (count) =>
    count === 1
      ? `The link to “${shorten(href)}” leads neither to the web nor to a mail address. Its text was kept.`
      : `${count} links lead neither to the web nor to a mail address. Their text was kept.`,
  );
}

/** Reads the note that a call leads to into the line; false when the link is no call of a note. */
function readNoteCall(flow: Flow, element: XmlElement, context: Context): boolean {
  const { reader, page } = flow;
  const body = reader.noteOf(element);
  if (body === undefined) return false;
  reader.setAside.add(element);
  if (reader.placedNotes.has(body)) {
    tally(reader, page, 'footnote-repeated', (count) =>
      count === 1
        ? 'A footnote is called more than once. It stands at its first call.'
        : `${count} calls lead to footnotes that are called more than once. They stand at their first call.`,
    );
    return true;
  }
  reader.placedNotes.add(body);
  const blocks = readNote(flow, body, context.depth, textOf(element).trim());
  if (blocks.length === 0) {
    tally(reader, page, 'footnote-empty', (count) =>
      count === 1
        ? 'A footnote without text was left out.'
        : `${count} footnotes without text were left out.`,
    );
  } else if (context.depth < MAX_NESTING) {
    const id = reader.ids.take(body.elements[0]?.attributes.get('id'));
    flow.pieces.push({ kind: 'note', id, blocks: blocks.slice(0, 200) });
    flow.out.push(...blocks.slice(200));
  } else flow.out.push(...blocks);
  return true;
}

/** Adds the text of a note that nothing in the book calls. */
export function addUncalledNote(flow: Flow, body: NoteBody): void {
  const { reader, page } = flow;
  reader.placedNotes.add(body);
  tally(reader, page, 'footnote-unused', (count) =>
    count === 1
      ? 'A footnote is never called. Its text now stands at the end.'
      : `${count} footnotes are never called. Their text now stands at the end.`,
  );
  flow.out.push(...readNote(flow, body, 0, ''));
}

function readNote(flow: Flow, body: NoteBody, depth: number, number: string): Block[] {
  // The note keeps the id of its element, so its own paragraph cannot have it.
  const inner = newFlow(flow.reader, body.page, null, flow);
  const context: Context = {
    ancestors: body.ancestors,
    marks: {},
    align: undefined,
    depth: Math.min(depth + 1, MAX_NESTING),
    isSetApart: false,
  };
  for (const element of body.elements) {
    const own = innerContext(element, context, undefined, body.page);
    readChildren(inner, element, { ...own, align: undefined });
    flush(inner, { align: undefined });
  }
  return withoutNumber(flow, inner.out, number, body.page.name);
}

/** A note's text without the number it begins with, and without what led back from its end. */
function withoutNumber(flow: Flow, blocks: Block[], number: string, where: string): Block[] {
  const sign = number.replace(/^[[(]|[\])]?\.?$/g, '');
  return blocks.flatMap((block, index): Block[] => {
    if (block.kind !== 'paragraph') return [block];
    let { inlines } = block;
    const first = inlines[0];
    if (index === 0 && first?.kind === 'text' && sign !== '') {
      const [head] = /^[[(]?([^\s\])]+?)[\])]?[.:]?(?=\s|$)\s*/u.exec(first.text) ?? [];
      const own = head?.trim().replace(/^[[(]|[\])]?[.:]?$/g, '');
      if (head === undefined || own !== sign) {
        // What stood behind a number that was a link of its own.
        const text = first.text.replace(/^[\s\u00a0]*[.:)\]][\s\u00a0]+/u, '');
        inlines = [...(text === '' ? [] : [{ ...first, text }]), ...inlines.slice(1)];
      } else {
        flow.reader.asides.push({ where, runs: [{ text: head, marks: 0 }] });
        const text = first.text.slice(head.length);
        inlines = [...(text === '' ? [] : [{ ...first, text }]), ...inlines.slice(1)];
        const next = inlines[0];
        if (next?.kind === 'text') {
          const trimmed = next.text.replace(/^[.:)\]]?\s+/u, '');
          inlines = [...(trimmed === '' ? [] : [{ ...next, text: trimmed }]), ...inlines.slice(1)];
        }
      }
    }
    const last = inlines.at(-1);
    if (index === blocks.length - 1 && last?.kind === 'text' && /[\s\u00a0]$/u.test(last.text)) {
      const text = last.text.trimEnd();
      inlines = [...inlines.slice(0, -1), ...(text === '' ? [] : [{ ...last, text }])];
    }
    return inlines.length === 0 ? [] : [{ ...block, inlines }];
  });
}

function readBlock(flow: Flow, element: XmlElement, context: Context, inner: Context): void {
  const { reader, page } = flow;
  flush(flow, context);
  switch (element.name) {
    case 'p':
      readParagraph(flow, element, inner);
      return;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      readHeading(flow, element, inner);
      return;
    case 'hr':
      flow.out.push({ kind: 'scene-break', id: takeId(flow, element) });
      return;
    case 'blockquote':
    case 'ul':
    case 'ol':
    case 'table':
    case 'pre':
    case 'figure':
      break;
    case 'dl':
      tally(reader, page, 'definition-list', (count) =>
        count === 1
          ? 'A list of definitions was kept as paragraphs.'
          : `${count} lists of definitions were kept as paragraphs.`,
      );
      readChildren(flow, element, inner);
      flush(flow, inner);
      return;
    default:
      readDivision(flow, element, inner);
      return;
  }
  if (element.name === 'pre') readCode(flow, element);
  else if (element.name === 'figure') readFigure(flow, element, inner);
  else if (context.depth >= MAX_NESTING) {
    tally(
      reader,
      page,
      'nesting',
      () => `Blocks nested more than ${MAX_NESTING} deep were lifted out.`,
    );
    readChildren(flow, element, inner);
    flush(flow, inner);
  } else if (element.name === 'table') {
    flow.out.push(...readTable(flow, element, inner, readCell));
  } else if (element.name === 'blockquote') readDivision(flow, element, inner);
  else readList(flow, element, inner);
}

function readParagraph(flow: Flow, element: XmlElement, inner: Context): void {
  const names = [...classesOf(element), element.attributes.get('epub:type') ?? ''];
  const isBreak = names.some((name) => name !== '' && namesBreak(name));
  const before = flow.out.length;
  flow.wantedId = element.attributes.get('id');
  readChildren(flow, element, inner);
  flush(flow, inner);
  const made = flow.out.length - before;
  const isBlank = made === 0 && textOf(element).trim() === '';
  if (isBlank && (isBreak || (flow.reader.blankIsBreak && inner.depth === 1))) {
    const block: Block = { kind: 'scene-break', id: flow.reader.ids.take() };
    if (!isBreak) flow.softBreaks.add(block);
    flow.out.push(block);
  } else if (isBreak && made > 0 && flow.out[before]?.kind === 'paragraph' && before > 0) {
    flow.out.splice(before, 0, { kind: 'scene-break', id: flow.reader.ids.take() });
  }
}

function readHeading(flow: Flow, element: XmlElement, inner: Context): void {
  const aside = flow.pieces;
  flow.pieces = [];
  readChildren(flow, element, { ...inner, align: undefined });
  const lines = linesOf(flow.pieces);
  flow.pieces = aside;
  const inlines = lines.flatMap((line, index) => {
    if (!Array.isArray(line)) return [];
    return index === 0 ? line : [{ kind: 'text' as const, text: ' ' }, ...line];
  });
  const pictures = lines.flatMap((line) => (Array.isArray(line) ? [] : [line]));
  if (inlines.length > 0) {
    const level = Number(element.name.slice(1));
    const block: Block = {
      kind: 'heading',
      id: takeId(flow, element),
      level: Math.min(5, level),
      inlines,
    };
    flow.levels.set(block, level);
    if (classesOf(element).includes('number') && /^\d+$/.test(plainText(inlines))) {
      flow.numbers.add(block);
    }
    flow.out.push(block);
  }
  flow.out.push(...pictures);
}

function readCode(flow: Flow, element: XmlElement): void {
  const text = textOf(element)
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) =>
      char === '\n' || char === '\t' ? char : '',
    );
  const code = element.children.find((child) => typeof child !== 'string');
  const trimmed = code === undefined ? text.replace(/^\n|\n$/g, '') : text;
  const language = /\blanguage-([A-Za-z0-9][A-Za-z0-9+#.-]{0,31})(?:\s|$)/.exec(
    (code && typeof code !== 'string' ? attribute(code, 'class') : undefined) ?? '',
  )?.[1];
  flow.out.push({
    kind: 'code',
    id: takeId(flow, element),
    text: trimmed.slice(0, 1_000_000),
    ...(language !== undefined && { language }),
  });
}

function readFigure(flow: Flow, element: XmlElement, inner: Context): void {
  const inside = newFlow(flow.reader, flow.page, null, flow);
  const id = element.attributes.get('id');
  let caption: XmlElement | undefined;
  for (const child of element.children) {
    if (typeof child === 'string') addText(inside, child, inner.marks);
    else if (child.name === 'figcaption' && caption === undefined) caption = child;
    else readElement(inside, child, inner);
  }
  flush(inside, inner);
  const at = inside.out.findLastIndex((block) => block.kind === 'image');
  const picture = inside.out[at];
  const captionFlow = newFlow(flow.reader, flow.page, null, flow);
  if (caption) {
    readChildren(captionFlow, caption, innerContext(caption, inner, undefined, flow.page));
    flush(captionFlow, { align: undefined });
  }
  const [only, ...more] = captionFlow.out;
  const plain = only && more.length === 0 ? plainCaption(only) : null;
  if (picture?.kind === 'image') {
    const own = id === undefined ? picture.id : flow.reader.ids.take(id);
    inside.out[at] = { ...picture, id: own, ...(plain !== null && { caption: plain }) };
  }
  flow.out.push(...inside.out);
  if (plain === null || picture === undefined) flow.out.push(...captionFlow.out);
}

/** A caption that can be plain text: one paragraph without notes; marks in it are told of by the loss meter. */
function plainCaption(block: Block): string | null {
  const lines =
    block.kind === 'paragraph' ? [block.inlines] : block.kind === 'verse' ? block.lines : [];
  if (lines.length === 0 || lines.flat().some((inline) => inline.kind === 'note')) return null;
  const text = lines.map(plainText).join(' ').trim();
  return text === '' || text.length > 4_000 ? null : text;
}

function readList(flow: Flow, element: XmlElement, inner: Context): void {
  const items: { id: string; blocks: Block[] }[] = [];
  const add = (id: string | undefined, read: (item: Flow) => void) => {
    const item = newFlow(flow.reader, flow.page, null, flow);
    read(item);
    flush(item, inner);
    if (item.out.length > 0) items.push({ id: flow.reader.ids.take(id), blocks: item.out });
  };
  const context = { ...inner, depth: inner.depth + 1 };
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (child.trim() !== '') add(undefined, (item) => addText(item, child, inner.marks));
      continue;
    }
    noteAnchor(flow, child);
    const { reader } = flow;
    if (reader.noteParts.has(child) || reader.setAside.has(child)) continue;
    if (child.name === 'li' && !child.attributes.has('hidden')) {
      const own = innerContext(child, context, undefined, flow.page);
      add(child.attributes.get('id'), (item) => readChildren(item, child, own));
    } else add(undefined, (item) => readElement(item, child, context));
  }
  if (items.length === 0) return;
  const firstItem = element.children.find((child) => typeof child !== 'string');
  const value =
    element.attributes.get('start') ??
    (firstItem && typeof firstItem !== 'string' ? firstItem.attributes.get('value') : undefined);
  const number = value === undefined || !/^\d{1,9}$/.test(value.trim()) ? 1 : Number(value);
  flow.out.push({
    kind: 'list',
    id: takeId(flow, element),
    ...(element.name === 'ol' && { start: number }),
    items,
  });
}

function readCell(flow: Flow, cell: XmlElement, row: Context): Block[] {
  const inside = newFlow(flow.reader, flow.page, null, flow);
  const own = innerContext(cell, row, undefined, flow.page);
  readChildren(inside, cell, { ...own, align: undefined });
  flush(inside, { align: undefined });
  return inside.out;
}

/** A container: a letter, an epigraph, a quotation, a poem, or just a part of the page. */
function readDivision(flow: Flow, element: XmlElement, inner: Context): void {
  const kind = kindOfDivision(element);
  const isVerse = isPoem(element);
  if (kind === null || inner.depth >= MAX_NESTING) {
    if (element.name === 'div') flow.wantedId = element.attributes.get('id');
    const before = flow.out.length;
    const names = classesOf(element);
    readChildren(flow, element, inner);
    flush(flow, inner);
    if (isVerse) flow.out.push(...asStanzas(flow.out.splice(before)));
    if (flow.out.length === before && names.some(namesBreak) && !hasNoteParts(flow, element)) {
      flow.out.push({ kind: 'scene-break', id: takeId(flow, element) });
    }
    return;
  }
  const inside = newFlow(flow.reader, flow.page, null, flow);
  readChildren(inside, element, { ...inner, depth: inner.depth + 1 });
  flush(inside, inner);
  const blocks = isVerse ? asStanzas(inside.out) : inside.out;
  if (blocks.length > 0) flow.out.push({ kind, id: takeId(flow, element), blocks });
}

function hasNoteParts(flow: Flow, element: XmlElement): boolean {
  return element.children.some(
    (child) => typeof child !== 'string' && flow.reader.noteParts.has(child),
  );
}

function kindOfDivision(element: XmlElement): 'blockquote' | 'letter' | 'epigraph' | null {
  const isBox = /^(?:div|section|article|blockquote|aside|header)$/.test(element.name);
  const classes = classesOf(element).map((name) => name.toLowerCase());
  if (isBox && element.name !== 'section') {
    if (hasTerm(element, 'epigraph', 'doc-epigraph') || classes.includes('epigraph'))
      return 'epigraph';
  }
  if (isBox && (hasTerm(element, 'z3998:letter', '') || classes.includes('letter')))
    return 'letter';
  return element.name === 'blockquote' ? 'blockquote' : null;
}

function isPoem(element: XmlElement): boolean {
  const isNamed = classesOf(element).some((name) =>
    /^(?:poem|poetry|verse|stanza|lg|linegroup|song)$/i.test(name),
  );
  return (
    isNamed ||
    hasTerm(element, 'z3998:verse', '') ||
    hasTerm(element, 'z3998:poem', '') ||
    hasTerm(element, 'z3998:song', '')
  );
}

/** Paragraphs of a poem that are one line each are the lines of a stanza. */
function asStanzas(blocks: readonly Block[]): Block[] {
  const isLine = (block: Block): block is Paragraph =>
    block.kind === 'paragraph' && block.align === undefined;
  if (blocks.filter(isLine).length < 2 || blocks.some((block) => block.kind === 'verse')) {
    return [...blocks];
  }
  const made: Block[] = [];
  let lines: Paragraph[] = [];
  const close = () => {
    const [first] = lines;
    if (first && lines.length > 1) {
      made.push({ kind: 'verse', id: first.id, lines: lines.map(({ inlines }) => inlines) });
    } else made.push(...lines);
    lines = [];
  };
  for (const block of blocks) {
    if (isLine(block)) lines.push(block);
    else {
      close();
      made.push(block);
    }
  }
  close();
  return made;
}

function isOrnamentPicture(element: XmlElement, context: Context): boolean {
  const alt = (element.attributes.get('alt') ?? '').trim();
  if (
    alt !== '' &&
    !/^(?:[*•\s]+|ornament|(?:scene|section) break|divider|fleuron|decoration)$/i.test(alt)
  ) {
    return false;
  }
  const parent = context.ancestors.at(-2);
  const names = [
    ...classesOf(element),
    ...(parent ? classesOf(parent) : []),
    (attribute(element, 'src') ?? '').replace(/^.*\//, '').replace(/\.\w+$/, ''),
  ];
  return names.some((name) => namesBreak(name));
}

function shorten(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length <= 60 ? clean : `${clean.slice(0, 59)}…`;
}

/** Empty paragraphs mean something when most paragraphs have none beside them. */
export function blanksAreRare(root: XmlElement): boolean {
  let blank = 0;
  let full = 0;
  for (const element of walkElements(root)) {
    if (element.name !== 'p') continue;
    const hasMore = [...walkElements(element)].some(
      ({ name }) => name === 'img' || name === 'svg' || name === 'image',
    );
    if (textOf(element).trim() !== '' || hasMore) full += 1;
    else blank += 1;
  }
  return blank > 0 && blank * 4 <= full;
}
