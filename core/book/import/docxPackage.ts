import { refuse } from '../../fault.ts';
import { childElement, type XmlElement } from '../../xml/xmlElement.ts';
import { DocxStyles, value } from './docxStyles.ts';
import { attribute, readPlainXml } from './htmlTree.ts';
import type { SourceFiles } from './imported.ts';

export type Relation = { target: string; isOutside: boolean; type: string };
/** A part of the file with text, and where its references lead. */
export type DocxPart = { name: string; root: XmlElement; relations: Map<string, Relation> };

export type NumberingLevel = { isNumbered: boolean; start: number };

export type DocxPackage = {
  document: DocxPart;
  body: XmlElement;
  styles: DocxStyles;
  footnotes: Map<string, XmlElement>;
  endnotes: Map<string, XmlElement>;
  notesParts: { footnotes: DocxPart | null; endnotes: DocxPart | null };
  comments: XmlElement | null;
  /** Text at the top and the bottom of pages. */
  furniture: XmlElement[];
  levelOf: (numId: string, level: number) => NumberingLevel | null;
  properties: XmlElement | null;
};

const LIMITS = { elements: 6_000_000, attributes: 400 };

/** Opens a Word file (ECMA-376, transitional and strict). Refuses `book/docx-damaged` and what `readPlainXml` refuses. */
export function readDocxPackage(files: SourceFiles): DocxPackage {
  const read = (name: string | undefined): XmlElement | null => {
    const text = name === undefined ? null : files.text(name);
    return text === null ? null : readPlainXml(text, LIMITS);
  };
  const packageRelations = relationsOf('', read);
  const main = ofType(packageRelations, 'officeDocument')?.target ?? 'word/document.xml';
  const root = read(main);
  const body = root && childElement(root, 'body');
  if (!root || !body) {
    refuse(
      'book/docx-damaged',
      'This Word file does not hold a document. It may be damaged; open it in Word and save it again.',
    );
  }
  const relations = relationsOf(main, read);
  const part = (type: string): DocxPart | null => {
    const name = ofType(relations, type)?.target;
    const element = read(name);
    return name !== undefined && element
      ? { name, root: element, relations: relationsOf(name, read) }
      : null;
  };
  const footnotes = part('footnotes');
  const endnotes = part('endnotes');
  const furniture = [...relations.values()]
    .filter(({ type }) => /\/(?:header|footer)$/.test(type))
    .flatMap(({ target }) => read(target) ?? []);
  return {
    document: { name: main, root, relations },
    body,
    styles: new DocxStyles(part('styles')?.root ?? null),
    footnotes: notesOf(footnotes),
    endnotes: notesOf(endnotes),
    notesParts: { footnotes, endnotes },
    comments: part('comments')?.root ?? null,
    furniture,
    levelOf: numberingOf(part('numbering')?.root ?? null),
    properties: read(ofType(packageRelations, 'core-properties')?.target ?? 'docProps/core.xml'),
  };
}

function ofType(relations: ReadonlyMap<string, Relation>, type: string): Relation | undefined {
  return [...relations.values()].find((one) => one.type.endsWith(`/${type}`));
}

function relationsOf(
  name: string,
  read: (name: string) => XmlElement | null,
): Map<string, Relation> {
  const folder = name.split('/').slice(0, -1);
  const file = name.split('/').at(-1) ?? '';
  const root = read([...folder, '_rels', `${file}.rels`].join('/'));
  const relations = new Map<string, Relation>();
  for (const element of root?.children ?? []) {
    if (typeof element === 'string' || element.name !== 'relationship') continue;
    const target = attribute(element, 'Target') ?? '';
    const isOutside = attribute(element, 'TargetMode') === 'External';
    relations.set(attribute(element, 'Id') ?? '', {
      type: attribute(element, 'Type') ?? '',
      target: isOutside ? target : inside(folder, target),
      isOutside,
    });
  }
  return relations;
}

function inside(folder: readonly string[], target: string): string {
  const parts = target.startsWith('/') ? [] : [...folder];
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function notesOf(part: DocxPart | null): Map<string, XmlElement> {
  const notes = new Map<string, XmlElement>();
  for (const element of part?.root.children ?? []) {
    if (typeof element === 'string') continue;
    const type = attribute(element, 'type') ?? 'normal';
    const id = attribute(element, 'id');
    if (id !== undefined && type === 'normal') notes.set(id, element);
  }
  return notes;
}

function numberingOf(root: XmlElement | null): DocxPackage['levelOf'] {
  const abstract = new Map<string, XmlElement>();
  const numbers = new Map<string, XmlElement>();
  for (const element of root?.children ?? []) {
    if (typeof element === 'string') continue;
    if (element.name === 'abstractnum')
      abstract.set(attribute(element, 'abstractNumId') ?? '', element);
    if (element.name === 'num') numbers.set(attribute(element, 'numId') ?? '', element);
  }
  return (numId, level) => {
    const number = numbers.get(numId);
    if (numId === '0' || number === undefined) return null;
    const override = levelIn(number, level, 'lvloverride');
    const levels = abstract.get(value(number, 'abstractnumid') ?? '');
    const own =
      (override && childElement(override, 'lvl')) ?? (levels && levelIn(levels, level, 'lvl'));
    const format = own === undefined ? 'bullet' : (value(own, 'numfmt') ?? 'decimal');
    const start =
      (override && value(override, 'startoverride')) ?? (own && value(own, 'start')) ?? '1';
    return {
      isNumbered: format !== 'bullet' && format !== 'none',
      start: /^\d{1,9}$/.test(start) ? Number(start) : 1,
    };
  };
}

function levelIn(parent: XmlElement, level: number, name: string): XmlElement | undefined {
  return parent.children.find(
    (child): child is XmlElement =>
      typeof child !== 'string' &&
      child.name === name &&
      attribute(child, 'ilvl') === String(level),
  );
}
