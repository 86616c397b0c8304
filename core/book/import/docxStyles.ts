import { childElement, type XmlElement } from '../../xml/xmlElement.ts';
import { attribute } from './htmlTree.ts';
import type { Marks } from './marksOfElement.ts';

/** What run properties say; `undefined`: nothing. */
type RunLook = {
  italic?: boolean | undefined;
  bold?: boolean | undefined;
  smallCaps?: boolean | undefined;
  strike?: boolean | undefined;
  underline?: boolean | undefined;
  hidden?: boolean | undefined;
  script?: 'super' | 'sub' | 'none' | undefined;
  language?: string | undefined;
  styleId?: string | undefined;
};

export type ParagraphLook = {
  align?: 'center' | 'end' | 'none' | undefined;
  /** Level of its heading, from 0; 9 for body text. */
  outline?: number | undefined;
  list?: { numId: string; level: number } | undefined;
  pageBreakBefore?: boolean | undefined;
};

type Style = {
  name: string;
  basedOn: string | undefined;
  type: string;
  isDefault: boolean;
  run: RunLook;
  paragraph: ParagraphLook;
};

export type ParagraphKind =
  | 'text'
  | 'heading'
  | 'title'
  | 'subtitle'
  | 'quote'
  | 'verse'
  | 'letter'
  | 'epigraph'
  | 'code'
  | 'caption'
  | 'contents'
  | 'break';

export type ParagraphStyle = {
  kind: ParagraphKind;
  /** Level of a heading, from 1. */
  level: number;
  isPart: boolean;
  look: ParagraphLook;
  /** Its words look as its kind does, so only what differs from that is a mark. */
  isSetApart: boolean;
  run: RunLook;
};

const KINDS: readonly [RegExp, ParagraphKind][] = [
  [/^(?:title|book title)$/, 'title'],
  [/^(?:subtitle|book subtitle)$/, 'subtitle'],
  [/^(?:quote|intense quote|block ?text|block ?quot(?:e|ation)|quotations?|zitat)$/, 'quote'],
  [/^(?:verse|poem|poetry|poetry line|lyrics|stanza)$/, 'verse'],
  [/^(?:letter|letter body)$/, 'letter'],
  [/^(?:epigraph|motto)$/, 'epigraph'],
  [/^(?:html preformatted|preformatted text|source code|code|code block|plain text code)$/, 'code'],
  [/^(?:caption|image caption|figure caption|table caption|illustration)$/, 'caption'],
  [/^toc(?: ?\d| heading)$|^contents \d$|^table of figures$/, 'contents'],
  [/^(?:scene|section) ?break$|^ornament$|^separator$/, 'break'],
];
const MAX_CHAIN = 32;

/** The styles of a Word file with all they inherit (ECMA-376-1, 17.7). */
export class DocxStyles {
  readonly #styles = new Map<string, Style>();
  #defaultParagraph: string | undefined;
  readonly #defaults: RunLook;
  readonly #looks = new Map<string, ParagraphStyle>();

  constructor(root: XmlElement | null) {
    const defaults = root && childElement(root, 'docdefaults');
    const runDefault = defaults && childElement(defaults, 'rprdefault');
    this.#defaults = runLook(runDefault ? childElement(runDefault, 'rpr') : undefined);
    for (const element of root?.children ?? []) {
      if (typeof element === 'string' || element.name !== 'style') continue;
      const id = attribute(element, 'styleId');
      if (id === undefined) continue;
      const style: Style = {
        name: value(element, 'name')?.toLowerCase().trim() ?? '',
        basedOn: value(element, 'basedon'),
        type: attribute(element, 'type') ?? 'paragraph',
        isDefault: /^(?:1|true|on)$/.test(attribute(element, 'default') ?? ''),
        run: runLook(childElement(element, 'rpr')),
        paragraph: paragraphLook(childElement(element, 'ppr')),
      };
      this.#styles.set(id, style);
      if (style.isDefault && style.type === 'paragraph') this.#defaultParagraph = id;
    }
  }

  /** The language of text that names none. */
  get language(): string | undefined {
    return this.#paragraphRun(this.#defaultParagraph).language ?? this.#defaults.language;
  }

  paragraphStyle(properties: XmlElement | undefined): ParagraphStyle {
    const id = (properties && value(properties, 'pstyle')) ?? this.#defaultParagraph;
    const base = this.#byId(id);
    if (properties === undefined) return base;
    const own = paragraphLook(properties);
    const look = { ...base.look, ...defined(own) };
    if (own.outline === undefined || base.kind === 'heading' || own.outline > 8)
      return { ...base, look };
    return { ...base, look, kind: 'heading', level: own.outline + 1, isSetApart: true };
  }

  /** The marks of a run in a paragraph, and whether it is hidden. */
  marksOfRun(
    properties: XmlElement | undefined,
    paragraph: ParagraphStyle,
    bookLanguage: string,
  ): { marks: Marks; isHidden: boolean } {
    const direct = runLook(properties);
    const character = direct.styleId === undefined ? {} : this.#chainRun(direct.styleId);
    const names = direct.styleId === undefined ? [] : this.#namesOf(direct.styleId);
    // Toggles of a paragraph's and a run's style cancel each other out (17.7.3); what is set directly holds.
    const toggled = (key: 'italic' | 'bold' | 'smallCaps' | 'strike' | 'hidden') =>
      direct[key] ?? (paragraph.run[key] ?? false) !== (character[key] ?? false);
    const marked = (key: 'italic' | 'bold' | 'smallCaps' | 'strike') =>
      paragraph.isSetApart ? toggled(key) !== (paragraph.run[key] ?? false) : toggled(key);
    const isLink = names.includes('hyperlink') || names.includes('followed hyperlink');
    const isNoteCall = names.some((name) =>
      /^(?:foot|end)note (?:reference|anchor|characters)$/.test(name),
    );
    const underline =
      direct.underline ??
      (isLink ? false : character.underline) ??
      (paragraph.isSetApart ? false : paragraph.run.underline) ??
      false;
    const script =
      direct.script ?? (isNoteCall ? undefined : character.script) ?? paragraph.run.script;
    const language = direct.language ?? character.language;
    const isForeign =
      language !== undefined && primary(language) !== primary(bookLanguage) && TAG.test(language);
    const isCode = names.some((name) =>
      /^(?:html code|code|verbatim char|source text|inline code|html typewriter)$/.test(name),
    );
    return {
      isHidden: toggled('hidden'),
      marks: {
        ...(marked('italic') && { emphasis: true as const }),
        ...(marked('bold') && { strong: true as const }),
        ...(marked('smallCaps') && { smallCaps: true as const }),
        ...(marked('strike') && { strike: true as const }),
        ...(underline && { underline: true as const }),
        ...(isCode && { code: true as const }),
        ...(script !== undefined && script !== 'none' && { script }),
        ...(isForeign && { language }),
      },
    };
  }

  #byId(id: string | undefined): ParagraphStyle {
    const known = this.#looks.get(id ?? '');
    if (known) return known;
    const names = id === undefined ? [] : this.#namesOf(id);
    const look = this.#chainParagraph(id);
    const run = this.#paragraphRun(id);
    const heading = names.map(headingLevel).find((level) => level !== null) ?? null;
    const named = names.map(kindOf).find((kind) => kind !== null);
    const outline = look.outline !== undefined && look.outline < 9 ? look.outline + 1 : null;
    const kind = named ?? (heading !== null || outline !== null ? 'heading' : 'text');
    const made: ParagraphStyle = {
      kind,
      level: heading ?? outline ?? 1,
      isPart: names.some((name) => /^part(?: title| heading| number)?$/.test(name)),
      look,
      isSetApart: kind !== 'text',
      run,
    };
    this.#looks.set(id ?? '', made);
    return made;
  }

  #chain(id: string | undefined): Style[] {
    const chain: Style[] = [];
    let at = id;
    while (at !== undefined && chain.length < MAX_CHAIN) {
      const style = this.#styles.get(at);
      if (style === undefined || chain.includes(style)) break;
      chain.push(style);
      at = style.basedOn;
    }
    return chain;
  }

  #namesOf(id: string): string[] {
    const names = this.#chain(id).map(({ name }) => name);
    return names.length > 0 ? names : [id.toLowerCase()];
  }

  #chainRun(id: string): RunLook {
    return Object.assign(
      {},
      ...this.#chain(id)
        .reverse()
        .map(({ run }) => defined(run)),
    ) as RunLook;
  }

  #paragraphRun(id: string | undefined): RunLook {
    return { ...defined(this.#defaults), ...(id === undefined ? {} : this.#chainRun(id)) };
  }

  #chainParagraph(id: string | undefined): ParagraphLook {
    const looks = this.#chain(id).reverse();
    return Object.assign({}, ...looks.map(({ paragraph }) => defined(paragraph))) as ParagraphLook;
  }
}

const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?$/;

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

function kindOf(name: string): ParagraphKind | null {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function headingLevel(name: string): number | null {
  const number = /^(?:heading|überschrift|titre|título|kop) ?([1-9])$/.exec(name)?.[1];
  if (number !== undefined) return Number(number);
  return /^(?:chapter|part)(?: ?(?:title|heading|number|name))?$/.test(name) ? 1 : null;
}

/** The `val` of a property. */
export function value(parent: XmlElement, name: string): string | undefined {
  const element = childElement(parent, name);
  return element && attribute(element, 'val');
}

function isOn(parent: XmlElement, name: string): boolean | undefined {
  const element = childElement(parent, name);
  return element && !/^(?:0|false|off|none)$/i.test(attribute(element, 'val') ?? 'on');
}

function runLook(properties: XmlElement | undefined): RunLook {
  if (properties === undefined) return {};
  const vertical = value(properties, 'vertalign');
  const underline = childElement(properties, 'u');
  const language = childElement(properties, 'lang');
  const strikes = [isOn(properties, 'strike'), isOn(properties, 'dstrike')];
  return {
    italic: isOn(properties, 'i'),
    bold: isOn(properties, 'b'),
    smallCaps: isOn(properties, 'smallcaps'),
    strike: strikes.includes(true) ? true : strikes.find((one) => one !== undefined),
    hidden: isOn(properties, 'vanish'),
    underline: underline && (attribute(underline, 'val') ?? 'single') !== 'none',
    script: scriptOf(vertical),
    language: language && attribute(language, 'val'),
    styleId: value(properties, 'rstyle'),
  };
}

function scriptOf(vertical: string | undefined): RunLook['script'] {
  if (vertical === undefined) return undefined;
  return vertical === 'superscript' ? 'super' : vertical === 'subscript' ? 'sub' : 'none';
}

function paragraphLook(properties: XmlElement | undefined): ParagraphLook {
  if (properties === undefined) return {};
  const jc = value(properties, 'jc');
  const outline = value(properties, 'outlinelvl');
  const numbering = childElement(properties, 'numpr');
  const numId = numbering && value(numbering, 'numid');
  return {
    align:
      jc === undefined
        ? undefined
        : jc === 'center'
          ? 'center'
          : /^(?:right|end)$/.test(jc)
            ? 'end'
            : 'none',
    outline: outline !== undefined && /^\d$/.test(outline) ? Number(outline) : undefined,
    list:
      numbering && numId !== undefined
        ? { numId, level: Math.min(8, Number(value(numbering, 'ilvl') ?? 0) || 0) }
        : undefined,
    pageBreakBefore: isOn(properties, 'pagebreakbefore'),
  };
}

function defined<T extends object>(look: T): Partial<T> {
  const kept = Object.entries(look).filter(([, one]) => one !== undefined);
  return Object.fromEntries(kept) as Partial<T>;
}
