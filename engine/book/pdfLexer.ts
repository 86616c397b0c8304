const CODES = {
  newline: 0x0a,
  return: 0x0d,
  percent: 0x25,
  openParen: 0x28,
  closeParen: 0x29,
  slash: 0x2f,
  less: 0x3c,
  greater: 0x3e,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
} as const;
const ESCAPES = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

/** What a `TJ` shows: codes of glyphs (two bytes each) as they are, adjustments in thousandths of an em. */
export type Shown = { codes: number[]; adjustments: number[] };

/**
 * Reads a content stream operator by operator (ISO 32000-1, 7.8.2), as fast as a book of hundreds of pages asks for: of
 * the operands it keeps only what placing text needs.
 */
export class Lexer {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Number operands of the operator that was read last, in order. */
  numbers: number[] = [];
  /** The last name operand. */
  name = '';
  /** `MCID` of the operand that is a dictionary; null without one. */
  mark: number | null = null;
  /** Glyphs and adjustments in order; an adjustment stands where its `codes` entry is -1. */
  shown: Shown = { codes: [], adjustments: [] };

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next operator; empty at the end. */
  next(): string {
    this.numbers = [];
    this.mark = null;
    this.shown = { codes: [], adjustments: [] };
    const bytes = this.#bytes;
    let inArray = false;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      if (byte <= 0x20) this.#at += 1;
      else if (byte === CODES.openParen) this.#string();
      else if (byte === CODES.openBracket) {
        inArray = true;
        this.#at += 1;
      } else if (byte === CODES.closeBracket) {
        inArray = false;
        this.#at += 1;
      } else if (isNumberStart(byte)) {
        const value = Number(this.#word());
        if (inArray) {
          this.shown.codes.push(-1);
          this.shown.adjustments.push(value);
        } else this.numbers.push(value);
      } else if (byte === CODES.slash) {
        this.#at += 1;
        this.name = this.#word();
      } else if (byte === CODES.less) {
        if (bytes[this.#at + 1] === CODES.less) this.#dictionary();
        else this.#hexString();
      } else if (byte === CODES.percent) this.#comment();
      else {
        const word = this.#word();
        if (word !== '') return word;
        this.#at += 1;
      }
    }
    return '';
  }

  #word(): string {
    const bytes = this.#bytes;
    const from = this.#at;
    let to = from;
    while (to < bytes.length && isRegular(bytes[to] ?? 0)) to += 1;
    this.#at = to;
    let word = '';
    for (let at = from; at < to; at += 1) word += String.fromCharCode(bytes[at] ?? 0);
    return word;
  }

  #string(): void {
    const bytes = this.#bytes;
    let high = -1;
    let depth = 1;
    let at = this.#at + 1;
    for (; at < bytes.length; at += 1) {
      let byte = bytes[at] ?? 0;
      if (byte === CODES.backslash) {
        at += 1;
        byte = bytes[at] ?? 0;
        if (byte >= 0x30 && byte <= 0x37) {
          let value = 0;
          let digits = 0;
          while (digits < 3 && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x37) {
            value = value * 8 + (bytes[at] ?? 0) - 0x30;
            at += 1;
            digits += 1;
          }
          at -= 1;
          byte = value & 255;
        } else byte = ESCAPES.get(byte) ?? byte;
      } else if (byte === CODES.openParen) depth += 1;
      else if (byte === CODES.closeParen) {
        depth -= 1;
        if (depth === 0) break;
      }
      if (high < 0) high = byte;
      else {
        this.shown.codes.push((high << 8) | byte);
        high = -1;
      }
    }
    this.#at = at + 1;
  }

  #hexString(): void {
    const end = this.#bytes.indexOf(CODES.greater, this.#at);
    const to = end < 0 ? this.#bytes.length : end;
    const hex = Buffer.from(this.#bytes.subarray(this.#at + 1, to)).toString('latin1');
    for (const [code] of hex.replaceAll(/\s/g, '').matchAll(/.{4}/g)) {
      this.shown.codes.push(Number.parseInt(code, 16));
    }
    this.#at = to + 1;
  }

  #dictionary(): void {
    const bytes = this.#bytes;
    const from = this.#at;
    let depth = 0;
    let at = from;
    for (; at < bytes.length; at += 1) {
      if (bytes[at] === CODES.less && bytes[at + 1] === CODES.less) {
        depth += 1;
        at += 1;
      } else if (bytes[at] === CODES.greater && bytes[at + 1] === CODES.greater) {
        depth -= 1;
        at += 1;
        if (depth === 0) break;
      }
    }
    this.#at = at + 1;
    const text = Buffer.from(bytes.subarray(from, at)).toString('latin1');
    const mark = /\/MCID\s+(\d+)/.exec(text)?.[1];
    this.mark = mark === undefined ? null : Number(mark);
  }

  #comment(): void {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      if (byte === CODES.newline || byte === CODES.return) return;
      this.#at += 1;
    }
  }
}

function isNumberStart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e || byte === 0x2b;
}

/** Neither white space nor a delimiter. */
function isRegular(byte: number): boolean {
  return (
    byte > 0x20 &&
    byte !== CODES.openParen &&
    byte !== CODES.closeParen &&
    byte !== CODES.less &&
    byte !== CODES.greater &&
    byte !== CODES.openBracket &&
    byte !== CODES.closeBracket &&
    byte !== CODES.slash &&
    byte !== CODES.percent
  );
}
