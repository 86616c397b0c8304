import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { refuse } from '#core/fault.ts';

/** The most that an archive may hold; honest books stay far below. */
export type ArchiveLimits = {
  entries: number;
  /** Bytes of the archive's own list of its files. */
  directoryBytes: number;
  /** Bytes of all files together, unpacked. */
  totalBytes: number;
  /** Bytes of one file that is read as text. */
  textBytes: number;
  /** Bytes of all text together. */
  allTextBytes: number;
};

const USUAL_LIMITS: ArchiveLimits = {
  entries: 20_000,
  directoryBytes: 32 * 1024 * 1024,
  totalBytes: 2 * 1024 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  allTextBytes: 256 * 1024 * 1024,
};

/** Bytes unpacked for each byte packed beyond which a large file is there to do harm; text comes to 3 to 10. */
const BOMB_RATIO = 200;
const BOMB_BYTES = 128 * 1024 * 1024;

type Entry = {
  name: string;
  method: number;
  crc: number;
  packedBytes: number;
  bytes: number;
  headerAt: number;
};

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;

/**
 * A ZIP archive that nobody vouches for (PKWARE APPNOTE 6.3.10). Its list of files is checked whole before anything is
 * unpacked, each file is unpacked only when it is asked for, never past the size the list states, and its check sum is
 * compared. Files are found by name alone; nothing is ever written under a name of the archive's.
 *
 * Refuses `book/archive-damaged`, `book/archive-encrypted`, `book/archive-unsafe-name`, `book/archive-duplicate`,
 * `book/archive-too-large`, `book/archive-bomb`, `book/archive-method`.
 */
export class Archive {
  readonly #file: number;
  readonly #label: string;
  readonly #sizeBytes: number;
  readonly #limits: ArchiveLimits;
  readonly #entries = new Map<string, Entry>();
  #textBytesLeft: number;

  constructor(path: string, limits: Partial<ArchiveLimits> = {}) {
    this.#limits = { ...USUAL_LIMITS, ...limits };
    this.#label = basename(path);
    this.#textBytesLeft = this.#limits.allTextBytes;
    this.#file = openSync(path, 'r');
    try {
      this.#sizeBytes = fstatSync(this.#file).size;
      this.#readDirectory();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Names of all files, in the order of the archive's list. */
  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Bytes that a file has unpacked, as far as the archive says. */
  sizeOf(name: string): number {
    return this.#entries.get(name)?.bytes ?? 0;
  }

  /** A file that is going to be read as text, or null when there is none of that name. */
  readText(name: string): Uint8Array | null {
    const size = this.sizeOf(name);
    if (size > this.#limits.textBytes || size > this.#textBytesLeft) {
      refuse(
        'book/archive-too-large',
        `“${this.#label}” holds more text than Inkreel reads at once (“${shorten(name)}” has ${megabytes(size)}). Nothing was imported.`,
        { name, sizeBytes: size },
      );
    }
    const bytes = this.read(name);
    if (bytes) this.#textBytesLeft -= bytes.length;
    return bytes;
  }

  /** A file, or null when there is none of that name. */
  read(name: string): Uint8Array | null {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    const packed = this.#bytes(this.#dataAt(entry), entry.packedBytes);
    const bytes = entry.method === 0 ? packed : this.#unpack(packed, entry);
    if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc) {
      this.#damaged(`“${shorten(name)}” in it is not what the archive says`);
    }
    return bytes;
  }

  close(): void {
    closeSync(this.#file);
  }

  #unpack(packed: Uint8Array, entry: Entry): Uint8Array {
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException | null)?.code;
      if (code === 'ERR_BUFFER_TOO_LARGE') {
        refuse(
          'book/archive-bomb',
          `“${this.#label}” hides more in “${shorten(entry.name)}” than it admits, as archives do that are made to do harm. Nothing was imported.`,
          { name: entry.name },
        );
      }
      return this.#damaged(`“${shorten(entry.name)}” in it cannot be unpacked`);
    }
  }

  #dataAt(entry: Entry): number {
    const header = view(this.#bytes(entry.headerAt, 30));
    if (header.getUint32(0, true) !== LOCAL)
      this.#damaged('its list of files does not fit its files');
    return entry.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  }

  #readDirectory(): void {
    const { count, at, bytes } = this.#findDirectory();
    const { entries: most, directoryBytes } = this.#limits;
    if (count > most || bytes > directoryBytes) {
      refuse(
        'book/archive-too-large',
        `“${this.#label}” holds ${count.toLocaleString('en')} files; a book may have ${most.toLocaleString('en')}. Nothing was imported.`,
        { entries: count, most },
      );
    }
    const directory = this.#bytes(at, bytes);
    const lowerCase = new Set<string>();
    let offset = 0;
    for (let index = 0; index < count; index += 1) {
      offset = this.#readEntry(directory, offset, lowerCase);
    }
    this.#checkSizes(at);
  }

  #readEntry(directory: Uint8Array, offset: number, lowerCase: Set<string>): number {
    if (offset + 46 > directory.length) this.#damaged('its list of files breaks off');
    const header = view(directory.subarray(offset));
    if (header.getUint32(0, true) !== CENTRAL) this.#damaged('its list of files is broken');
    const flags = header.getUint16(8, true);
    const nameLength = header.getUint16(28, true);
    const extraLength = header.getUint16(30, true);
    const next = offset + 46 + nameLength + extraLength + header.getUint16(32, true);
    if (next > directory.length) this.#damaged('its list of files breaks off');
    const nameBytes = directory.subarray(offset + 46, offset + 46 + nameLength);
    const extra = directory.subarray(
      offset + 46 + nameLength,
      offset + 46 + nameLength + extraLength,
    );
    const name = decodeName(nameBytes);
    const isFolder = name.endsWith('/');
    const unixMode = header.getUint32(38, true) >>> 16;
    this.#checkName(name, (unixMode & 0xf000) === 0xa000);
    const key = name.toLowerCase().normalize('NFC');
    if (lowerCase.has(key)) {
      refuse(
        'book/archive-duplicate',
        `“${this.#label}” holds two files by the name “${shorten(name)}”, so nobody can tell which is meant. Nothing was imported.`,
        { name },
      );
    }
    lowerCase.add(key);
    if (isFolder) return next;
    if ((flags & 0x41) !== 0) {
      refuse(
        'book/archive-encrypted',
        `“${this.#label}” is locked with a password. Unlock it in the program that made it, then import it again.`,
      );
    }
    const method = header.getUint16(10, true);
    if (method !== 0 && method !== 8) {
      refuse(
        'book/archive-method',
        `“${this.#label}” is packed in a way that books do not use (method ${method}). Pack it again as an ordinary ZIP file.`,
        { method },
      );
    }
    const sizes = wideSizes(extra, {
      bytes: header.getUint32(24, true),
      packedBytes: header.getUint32(20, true),
      headerAt: header.getUint32(42, true),
    });
    if (sizes === null || (method === 0 && sizes.bytes !== sizes.packedBytes)) {
      this.#damaged(`the sizes of “${shorten(name)}” in it cannot be right`);
    }
    this.#entries.set(name, { name, method, crc: header.getUint32(16, true), ...sizes });
    return next;
  }

  #checkName(name: string, isLink: boolean): void {
    const isUnsafe =
      name === '' ||
      name.length > 1_000 ||
      isLink ||
      name.startsWith('/') ||
      /^[A-Za-z]:/.test(name) ||
      /[\\\p{Cc}]/u.test(name) ||
      name.split('/').some((part) => part === '..' || part === '.');
    if (!isUnsafe) return;
    refuse(
      'book/archive-unsafe-name',
      `“${this.#label}” holds a file whose name leads out of it (“${shorten(name)}”), as archives do that are made to do harm. Nothing was imported.`,
      { name: shorten(name) },
    );
  }

  #checkSizes(directoryAt: number): void {
    const entries = [...this.#entries.values()].sort((a, b) => a.headerAt - b.headerAt);
    let total = 0;
    let end = 0;
    for (const entry of entries) {
      total += entry.bytes;
      const isBomb =
        entry.bytes > BOMB_BYTES && entry.bytes > BOMB_RATIO * Math.max(1, entry.packedBytes);
      // Files that share their bytes are how a small archive holds a boundless amount.
      if (isBomb || entry.headerAt < end) this.#bomb(entry);
      end = entry.headerAt + 30 + Buffer.byteLength(entry.name) + entry.packedBytes;
      if (end > directoryAt) this.#damaged('its list of files does not fit its files');
    }
    if (total > this.#limits.totalBytes) {
      refuse(
        'book/archive-too-large',
        `“${this.#label}” would unpack to ${megabytes(total)}. A book may have ${megabytes(this.#limits.totalBytes)}. Nothing was imported.`,
        { totalBytes: total },
      );
    }
  }

  #bomb(entry: Entry): never {
    refuse(
      'book/archive-bomb',
      `“${this.#label}” is made to fill the computer: “${shorten(entry.name)}” would unpack to ${megabytes(entry.bytes)}. Nothing was imported.`,
      { name: entry.name, sizeBytes: entry.bytes },
    );
  }

  #findDirectory(): { count: number; at: number; bytes: number } {
    const tailBytes = Math.min(this.#sizeBytes, END_BYTES + MAX_COMMENT);
    const tailAt = this.#sizeBytes - tailBytes;
    const tail = this.#bytes(tailAt, tailBytes);
    const tailView = view(tail);
    for (let offset = tail.length - END_BYTES; offset >= 0; offset -= 1) {
      if (tailView.getUint32(offset, true) !== END) continue;
      const comment = tailView.getUint16(offset + 20, true);
      if (offset + END_BYTES + comment > tail.length) continue;
      const plain = {
        count: tailView.getUint16(offset + 10, true),
        bytes: tailView.getUint32(offset + 12, true),
        at: tailView.getUint32(offset + 16, true),
      };
      const isWide =
        plain.count === 0xffff || plain.bytes === 0xffffffff || plain.at === 0xffffffff;
      const found = isWide ? (this.#findWideDirectory(tailAt + offset) ?? plain) : plain;
      if (found.at + found.bytes > tailAt + offset)
        this.#damaged('its list of files is not where it should be');
      return found;
    }
    return this.#damaged('its end is missing, so it may have been cut off on its way');
  }

  #findWideDirectory(endAt: number): { count: number; at: number; bytes: number } | null {
    if (endAt < 20) return null;
    const locator = view(this.#bytes(endAt - 20, 20));
    if (locator.getUint32(0, true) !== END_64_LOCATOR) return null;
    const at = Number(locator.getBigUint64(8, true));
    if (at + 56 > this.#sizeBytes) this.#damaged('its list of files is not where it should be');
    const end = view(this.#bytes(at, 56));
    if (end.getUint32(0, true) !== END_64)
      this.#damaged('its list of files is not where it should be');
    return {
      count: Number(end.getBigUint64(32, true)),
      bytes: Number(end.getBigUint64(40, true)),
      at: Number(end.getBigUint64(48, true)),
    };
  }

  #bytes(at: number, length: number): Uint8Array {
    if (at < 0 || length < 0 || at + length > this.#sizeBytes) {
      this.#damaged('it is shorter than it says');
    }
    const bytes = Buffer.alloc(length);
    let read = 0;
    while (read < length) {
      const more = readSync(this.#file, bytes, read, length - read, at + read);
      if (more === 0) this.#damaged('it is shorter than it says');
      read += more;
    }
    return bytes;
  }

  #damaged(what: string): never {
    refuse(
      'book/archive-damaged',
      `“${this.#label}” is damaged: ${what}. Get it again from where it came, then import it.`,
    );
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Sizes = Pick<Entry, 'bytes' | 'packedBytes' | 'headerAt'>;

/** Sizes from the ZIP64 extra field where the plain ones say that they stand there. */
function wideSizes(extra: Uint8Array, plain: Sizes): Sizes | null {
  const isWide = Object.values(plain).includes(0xffffffff);
  if (!isWide) return plain;
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = data.getUint16(at + 2, true);
    if (data.getUint16(at, true) === 1) {
      let next = at + 4;
      const wide = (value: number) => {
        if (value !== 0xffffffff) return value;
        const number =
          next + 8 <= Math.min(extra.length, at + 4 + length)
            ? Number(data.getBigUint64(next, true))
            : -1;
        next += 8;
        return number;
      };
      const bytes = wide(plain.bytes);
      const packedBytes = wide(plain.packedBytes);
      const headerAt = wide(plain.headerAt);
      return [bytes, packedBytes, headerAt].every((one) => one >= 0 && Number.isSafeInteger(one))
        ? { bytes, packedBytes, headerAt }
        : null;
    }
    at += 4 + length;
  }
  return null;
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function shorten(name: string): string {
  const clean = name.replace(/\p{Cc}/gu, '\ufffd');
  return clean.length <= 80 ? clean : `${clean.slice(0, 79)}…`;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en')} MB`;
}
