import type { Block } from '../book/manuscript.ts';
import { fromBase64, toBase64 } from '../book/text/base64.ts';
import { ChapterDoc } from '../book/text/ChapterDoc.ts';
import type { Json, Write } from './write.ts';

type Values = Readonly<Record<string, Json>>;
type Known = { parts: Map<string, Json>; doc: ChapterDoc };

/** The register that holds the text as one update, and the beginning of those that hold what was written since. */
const WHOLE = 'text';
const PART = 'text:';
/** After so many parts they are made one again: a chapter stays quick to open, and an edit small. */
const MOST_PARTS = 100;

/** Whether a register is part of the text of a chapter. */
export function isTextRegister(register: string): boolean {
  return register === 'blocks' || register === WHOLE || register.startsWith(PART);
}

/** Whether registers hold a text, in this form or in the one before it (`blocks`). */
export function hasText(registers: Values): boolean {
  return registers['blocks'] !== undefined || Object.keys(registers).some(isTextRegister);
}

/**
 * The texts of chapters. A text is a shared document whose updates are registers: the state at any place of the history
 * is the updates that are there, so undo takes the last ones away and redo puts them back. Documents are kept, and
 * changed by what came; where something went they are made anew.
 */
export class ChapterTexts {
  readonly #known = new Map<string, Known>();

  /** Whether the text of a chapter is at hand already. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  /** The blocks that the registers of a chapter come to. */
  blocks(id: string, registers: Values): Block[] {
    const parts = partsOf(registers);
    // The form of projects from before texts were documents.
    if (parts.size === 0) return (registers['blocks'] ?? []) as unknown as Block[];
    try {
      return this.#current(id, parts).doc.blocks();
    } catch {
      this.#known.delete(id);
      // No block of any version: whoever reads it says that it cannot be read, and nothing is written over it.
      return [{ kind: 'unreadable' }] as unknown as Block[];
    }
  }

  /** The writes that make the text of a chapter be these blocks. `writer`: see `ChapterDoc.write`. */
  change(id: string, registers: Values, blocks: readonly Block[], writer: number): Write[] {
    const parts = partsOf(registers);
    const isOld = registers['blocks'] !== undefined;
    const known = this.#current(id, parts);
    const update = known.doc.write(blocks, writer);
    const gone: Write[] = isOld ? [{ object: id, register: 'blocks', value: null }] : [];
    if (update === null && parts.size > 0) return gone;
    if (parts.size === 0 || parts.size > MOST_PARTS) {
      const whole = toBase64(known.doc.state());
      known.parts = new Map([[WHOLE, whole]]);
      const old = [...parts.keys()].filter((register) => register !== WHOLE);
      return [
        { object: id, register: WHOLE, value: whole },
        ...old.map((register) => ({ object: id, register, value: null })),
        ...gone,
      ];
    }
    const register = nextPart(parts, writer);
    const value = toBase64(update ?? new Uint8Array());
    known.parts.set(register, value);
    return [{ object: id, register, value }, ...gone];
  }

  /** The document of a chapter as its registers have it. */
  #current(id: string, parts: ReadonlyMap<string, Json>): Known {
    const known = this.#known.get(id);
    const isBehind =
      known !== undefined && [...known.parts].every(([name, value]) => parts.get(name) === value);
    if (!isBehind) {
      const made = { parts: new Map(parts), doc: new ChapterDoc([...parts.values()].map(bytesOf)) };
      this.#known.set(id, made);
      return made;
    }
    for (const [name, value] of parts) {
      if (known.parts.has(name)) continue;
      known.doc.apply(bytesOf(value));
      known.parts.set(name, value);
    }
    return known;
  }
}

/** The registers of a text in the order of their names, which is that in which they were written. */
function partsOf(registers: Values): Map<string, Json> {
  const names = Object.keys(registers).filter((name) => name === WHOLE || name.startsWith(PART));
  return new Map(names.sort().map((name) => [name, registers[name] ?? null]));
}

function nextPart(parts: ReadonlyMap<string, Json>, writer: number): string {
  const last = [...parts.keys()].at(-1) ?? '';
  const number = last.startsWith(PART) ? Number.parseInt(last.slice(PART.length), 10) : 0;
  return `${PART}${String(number + 1).padStart(6, '0')}-${writer.toString(36)}`;
}

function bytesOf(value: Json): Uint8Array {
  const bytes = typeof value === 'string' ? fromBase64(value) : null;
  if (bytes === null) throw new Error('This is no part of a text.');
  return bytes;
}
