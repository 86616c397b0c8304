import type { XmlElement } from '../../xml/xmlElement.ts';

/** What a style sheet may say that means something in a manuscript. `undefined`: it says nothing. */
export type Look = {
  italic?: boolean;
  bold?: boolean;
  smallCaps?: boolean;
  underline?: boolean;
  strike?: boolean;
  script?: 'super' | 'sub' | 'none';
  align?: 'center' | 'end' | 'none';
  hidden?: boolean;
};

type Step = {
  tag: string | null;
  classes: string[];
  id: string | null;
  attributes: { name: string; operator: string; value: string }[];
  /** How the step stands to the one before it: inside it at any depth, or directly. */
  relation: 'inside' | 'child';
};
type Rule = { steps: Step[]; weight: number; look: Look; byTag: boolean };

const MAX_RULES = 20_000;
const MAX_SHEET_CHARS = 2_000_000;

/**
 * The part of CSS that carries meaning in a book: which elements a book's own style sheets show italic, bold, in small
 * capitals, underlined, struck out, raised, lowered, centred, to the end, or not at all. Selectors of tags, classes, ids
 * and attributes, one inside or directly inside another; everything else is passed over, and nothing is ever loaded.
 */
export class BookStyles {
  readonly #rules = new Map<string, Rule[]>();
  #count = 0;

  /** Adds a style sheet; later ones win over earlier ones of the same weight. */
  add(sheet: string): void {
    const text = sheet.slice(0, MAX_SHEET_CHARS).replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
    for (const { selector, body } of rulesOf(text)) {
      const look = lookOf(body);
      if (Object.keys(look).length === 0) continue;
      for (const one of selector.split(',')) this.#addRule(one, look);
    }
  }

  /** What the sheets say of an element; `ancestors` from the root to its parent. */
  lookOf(element: XmlElement, ancestors: readonly XmlElement[]): Look {
    const found: Rule[] = [];
    for (const key of keysOf(element)) {
      for (const rule of this.#rules.get(key) ?? []) {
        if (fits(rule, element, ancestors)) found.push(rule);
      }
    }
    if (found.length > 1) found.sort((a, b) => a.weight - b.weight);
    const look: Look = {};
    for (const rule of found) Object.assign(look, rule.look);
    const own = element.attributes.get('style');
    return own === undefined ? look : { ...look, ...lookOf(own) };
  }

  /** Whether a class, id or the element itself, rather than its kind of tag, is shown italic or bold. */
  ownLookOf(element: XmlElement, ancestors: readonly XmlElement[]): Look {
    const look: Look = {};
    const found = keysOf(element)
      .flatMap((key) => this.#rules.get(key) ?? [])
      .filter((rule) => !rule.byTag && fits(rule, element, ancestors))
      .sort((a, b) => a.weight - b.weight);
    for (const rule of found) Object.assign(look, rule.look);
    const own = element.attributes.get('style');
    return own === undefined ? look : { ...look, ...lookOf(own) };
  }

  #addRule(selector: string, look: Look): void {
    if (this.#count >= MAX_RULES) return;
    const steps = stepsOf(selector);
    const last = steps?.at(-1);
    if (!steps || !last) return;
    this.#count += 1;
    const specificity = steps.reduce(
      (sum, step) =>
        sum +
        (step.id === null ? 0 : 10_000) +
        (step.classes.length + step.attributes.length) * 100 +
        (step.tag === null ? 0 : 1),
      0,
    );
    const byTag = last.classes.length === 0 && last.id === null && last.attributes.length === 0;
    const rule = { steps, weight: specificity * 100_000 + this.#count, look, byTag };
    const [firstClass] = last.classes;
    const key =
      last.id !== null ? `#${last.id}` : firstClass ? `.${firstClass}` : (last.tag ?? '*');
    this.#rules.set(key, [...(this.#rules.get(key) ?? []), rule]);
  }
}

/** The classes of an element. */
export function classesOf(element: XmlElement): string[] {
  const value = element.attributes.get('class');
  return value === undefined ? [] : value.split(/\s+/).filter((name) => name !== '');
}

function keysOf(element: XmlElement): string[] {
  const id = element.attributes.get('id');
  return [
    '*',
    element.name,
    ...new Set(classesOf(element).map((name) => `.${name}`)),
    ...(id === undefined ? [] : [`#${id}`]),
  ];
}

/** Rules of a sheet, those inside `@media` for screens and all media among them. */
function rulesOf(text: string): { selector: string; body: string }[] {
  const rules: { selector: string; body: string }[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) break;
    const head = text.slice(at, open);
    const selector = head.slice(head.lastIndexOf(';') + 1).trim();
    if (/^@media\b/i.test(selector) && !/\bprint\b|amzn-mobi/i.test(selector)) {
      at = open + 1;
      continue;
    }
    const close = text.indexOf('}', open);
    if (selector.startsWith('@')) {
      at = endOfBlock(text, open);
      continue;
    }
    const end = close < 0 ? text.length : close;
    // The end of an @media block stands before the next selector.
    rules.push({ selector: selector.replace(/^[\s}]+/, ''), body: text.slice(open + 1, end) });
    at = end + 1;
  }
  return rules;
}

function endOfBlock(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function lookOf(body: string): Look {
  const look: Look = {};
  for (const declaration of body.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important/i, '')
      .trim()
      .toLowerCase();
    readDeclaration(look, name, value);
  }
  return look;
}

function readDeclaration(look: Look, name: string, value: string): void {
  switch (name) {
    case 'font-style':
      look.italic = /^(?:italic|oblique)/.test(value);
      break;
    case 'font-weight':
      look.bold = /^bold/.test(value) || Number(value) >= 600;
      break;
    case 'font-variant':
    case 'font-variant-caps':
      look.smallCaps = /small-caps/.test(value);
      break;
    case 'font':
      look.italic = /\b(?:italic|oblique)\b/.test(value);
      look.bold = /\bbold\b/.test(value);
      look.smallCaps = /\bsmall-caps\b/.test(value);
      break;
    case 'text-decoration':
    case 'text-decoration-line':
      look.underline = /\bunderline\b/.test(value);
      look.strike = /\bline-through\b/.test(value);
      break;
    case 'vertical-align':
      look.script = value === 'super' || value === 'sub' ? value : 'none';
      break;
    case 'text-align':
      look.align = value === 'center' ? 'center' : /^(?:right|end)$/.test(value) ? 'end' : 'none';
      break;
    case 'display':
      look.hidden = value === 'none';
      break;
    default:
  }
}

const SIMPLE = /^(?:(\*|[A-Za-z][\w-]*))?((?:[.#][\w-]+|\[[^\]]*\])*)$/;

function stepsOf(selector: string): Step[] | null {
  const spaced = selector.trim().replace(/\s*>\s*/g, ' > ');
  // Pseudo-classes and siblings would match too much if they were passed over.
  if (spaced === '' || /[:+~]/.test(spaced.replace(/\[[^\]]*\]/g, ''))) return null;
  const steps: Step[] = [];
  let relation: Step['relation'] = 'inside';
  for (const part of spaced.match(/(?:\[[^\]]*\]|[^\s[])+/g) ?? []) {
    if (part === '>') {
      relation = 'child';
      continue;
    }
    const match = SIMPLE.exec(part);
    if (match === null) return null;
    const tag = match[1] === undefined || match[1] === '*' ? null : match[1].toLowerCase();
    const step: Step = { tag, classes: [], id: null, attributes: [], relation };
    for (const [piece] of (match[2] ?? '').matchAll(/[.#][\w-]+|\[[^\]]*\]/g)) {
      if (piece.startsWith('.')) step.classes.push(piece.slice(1));
      else if (piece.startsWith('#')) step.id = piece.slice(1);
      else {
        const test = /^\[\s*([\w|:-]+)\s*(?:([~^$*|]?=)\s*["']?([^"'\]]*)["']?\s*)?\]$/.exec(piece);
        if (test === null) return null;
        const [, name = '', operator = '', value = ''] = test;
        step.attributes.push({ name: name.replace('|', ':'), operator, value });
      }
    }
    steps.push(step);
    relation = 'inside';
  }
  return steps.length > 8 ? null : steps;
}

function fits(rule: Rule, element: XmlElement, ancestors: readonly XmlElement[]): boolean {
  const from = (step: number, at: number): boolean => {
    if (step < 0) return true;
    const relation = rule.steps[step + 1]?.relation;
    const wanted = rule.steps[step];
    for (let index = at; index >= 0; index -= 1) {
      const ancestor = ancestors[index];
      if (ancestor && wanted && stepFits(wanted, ancestor) && from(step - 1, index - 1))
        return true;
      if (relation === 'child') return false;
    }
    return false;
  };
  const last = rule.steps.at(-1);
  if (last === undefined || !stepFits(last, element)) return false;
  return from(rule.steps.length - 2, ancestors.length - 1);
}

function stepFits(step: Step, element: XmlElement): boolean {
  if (step.tag !== null && step.tag !== element.name) return false;
  if (step.id !== null && element.attributes.get('id') !== step.id) return false;
  if (step.classes.length > 0) {
    const classes = classesOf(element);
    if (!step.classes.every((name) => classes.includes(name))) return false;
  }
  return step.attributes.every(({ name, operator, value }) => {
    const own = element.attributes.get(name);
    if (own === undefined) return false;
    if (operator === '') return true;
    if (operator === '=') return own === value;
    if (operator === '~=') return own.split(/\s+/).includes(value);
    if (operator === '^=') return value !== '' && own.startsWith(value);
    if (operator === '$=') return value !== '' && own.endsWith(value);
    if (operator === '|=') return own === value || own.startsWith(`${value}-`);
    return value !== '' && own.includes(value);
  });
}
