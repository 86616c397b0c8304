import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../files/systemFault.ts';

const inflate = promisify(inflateRaw);

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const LONGEST_END = 22 + 0xffff;

/** Beyond these a container is a trap or no book. */
const MOST_ENTRIES = 50_000;
const MOST_DIRECTORY_BYTES = 32 * 1024 * 1024;
/** What one file of a book may come to: a sound file of many hours. */
const MOST_FILE_BYTES = 512 * 1024 * 1024;
/** Files above this are unpacked one at a time. */
const LARGE_FILE_BYTES = 16 * 1024 * 1024;

type Entry = { method: number; packedBytes: number; bytes: number; offset: number; flags: number };

/** Bytes of a container: a file on disk, or one that was made in memory. */
type Source = {
  size: number;
  read: (at: number, length: number) => Promise<Buffer>;
  close: () => Promise<void>;
};

/**
 * A ZIP container of which single files are read when they are asked for. Nothing is unpacked to disk and files are only
 * found by their exact names, so a name such as `../x` leads nowhere. What a file says of its size is not believed:
 * unpacking ends at it.
 */
export class BookZip {
  readonly #source: Source;
  readonly #entries: ReadonlyMap<string, Entry>;
  #largeWork: Promise<unknown> = Promise.resolve();

  private constructor(source: Source, entries: ReadonlyMap<string, Entry>) {
    this.#source = source;
    this.#entries = entries;
  }

  /**
   * Refuses `reading/not-a-book`, `reading/damaged`, `reading/too-large`, `reading/unsupported-packing` and what the
   * system reports of the file.
   */
  static async openFile(path: string): Promise<BookZip> {
    return BookZip.#open(await fileSource(path));
  }

  static async openBytes(bytes: Uint8Array): Promise<BookZip> {
    return BookZip.#open({
      size: bytes.length,
      read: async (at, length) => Buffer.from(bytes.subarray(at, at + length)),
      close: async () => {},
    });
  }

  static async #open(source: Source): Promise<BookZip> {
    try {
      return new BookZip(source, await readDirectory(source));
    } catch (error) {
      await source.close();
      if (error instanceof RangeError) damaged();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Unpacked bytes of a file as its directory states them. */
  sizeOf(name: string): number {
    return this.#entries.get(name)?.bytes ?? 0;
  }

  /**
   * A file of the container; null when there is none. Refuses `reading/damaged`, `reading/too-large` beyond `most`
   * bytes, and `reading/protected`.
   */
  async read(name: string, most: number = MOST_FILE_BYTES): Promise<Buffer | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    if (entry.bytes > most || entry.packedBytes > most) tooLarge(name);
    if ((entry.flags & 1) !== 0) {
      refuse(
        'reading/protected',
        'This book is locked with a password, which Inkreel cannot open.',
      );
    }
    if (entry.bytes <= LARGE_FILE_BYTES) return this.#unpack(name, entry);
    const work = this.#largeWork.then(() => this.#unpack(name, entry));
    this.#largeWork = work.catch(() => undefined);
    return work;
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #unpack(name: string, entry: Entry): Promise<Buffer> {
    const head = await this.#source.read(entry.offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL_SIGNATURE) damaged(name);
    const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const packed = await this.#source.read(start, entry.packedBytes);
    if (packed.length !== entry.packedBytes) damaged(name);
    if (entry.method === 0) return packed;
    try {
      return await inflate(packed, { maxOutputLength: Math.max(1, entry.bytes) });
    } catch {
      return damaged(name);
    }
  }
}

async function fileSource(path: string): Promise<Source> {
  let handle: FileHandle | undefined;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) {
      refuse('reading/not-a-book', `“${basename(path)}” is not a book. Choose an .epub file.`, {
        path,
      });
    }
    handle = await open(path, 'r');
    const file = handle;
    return {
      size: stats.size,
      read: async (at, length) => {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, stats.size - at)));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        return buffer.subarray(0, bytesRead);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await handle?.close();
    const fault = systemFault(error, path);
    throw fault === null ? error : new Refusal(fault, error);
  }
}

async function readDirectory(source: Source): Promise<Map<string, Entry>> {
  const tail = await source.read(Math.max(0, source.size - LONGEST_END), LONGEST_END);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END_SIGNATURE) at -= 1;
  if (at < 0) {
    refuse(
      'reading/not-a-book',
      'This file is not a book, or only the beginning of one. Choose an .epub file.',
    );
  }
  const count = tail.readUInt16LE(at + 10);
  const bytes = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || count > MOST_ENTRIES || bytes > MOST_DIRECTORY_BYTES)
    tooLarge('the list of files');
  const directory = await source.read(offset, bytes);
  if (directory.length !== bytes) damaged();
  const entries = new Map<string, Entry>();
  let position = 0;
  for (let index = 0; index < count; index++) {
    if (directory.readUInt32LE(position) !== ENTRY_SIGNATURE) damaged();
    const nameLength = directory.readUInt16LE(position + 28);
    const rest = directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
    const name = directory.toString('utf8', position + 46, position + 46 + nameLength);
    const method = directory.readUInt16LE(position + 10);
    if (method !== 0 && method !== 8) {
      refuse(
        'reading/unsupported-packing',
        'This book is packed in a way that books must not be (EPUB allows Deflate only), so it was not opened. The file is unchanged.',
        { name, method },
      );
    }
    // The first of two files of one name counts, so that none can be hidden behind another.
    if (!entries.has(name)) {
      entries.set(name, {
        flags: directory.readUInt16LE(position + 8),
        method,
        packedBytes: directory.readUInt32LE(position + 20),
        bytes: directory.readUInt32LE(position + 24),
        offset: directory.readUInt32LE(position + 42),
      });
    }
    position += 46 + nameLength + rest;
  }
  return entries;
}

function damaged(name?: string): never {
  refuse(
    'reading/damaged',
    'This book is damaged: part of the file is missing or unreadable. The file is unchanged; another copy may open.',
    name === undefined ? {} : { name },
  );
}

function tooLarge(name: string): never {
  refuse(
    'reading/too-large',
    'A part of this book is far larger than a book’s parts are, which can be used to do harm. It was not opened.',
    { name },
  );
}
