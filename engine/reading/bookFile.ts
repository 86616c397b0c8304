import { Refusal, refuse } from '#core/fault.ts';
import type { BookNavigation } from '#core/reading/navigation.ts';
import { readNavigation, readNcx } from '#core/reading/navigation.ts';
import { type OverlayClip, readOverlay } from '#core/reading/mediaOverlay.ts';
import {
  type BookPackage,
  type ManifestItem,
  packagePathOf,
  readPackage,
} from '#core/reading/packageDocument.ts';
import type { BookZip } from './bookZip.ts';
import { clearFont, isFontObfuscation, readEncryption } from './obfuscation.ts';

/** Beyond this a document of a book is a trap. */
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;
const MOST_PACKAGE_BYTES = 16 * 1024 * 1024;

/** An EPUB that is open: what its package says, and its files. */
export class BookFile {
  readonly package: BookPackage;
  readonly navigation: BookNavigation;
  /** What could not be read, for people. */
  readonly troubles: readonly string[];
  readonly #zip: BookZip;
  readonly #listed: ReadonlyMap<string, ManifestItem>;
  readonly #locked: ReadonlyMap<string, string>;

  private constructor(
    zip: BookZip,
    read: {
      package: BookPackage;
      navigation: BookNavigation;
      locked: ReadonlyMap<string, string>;
      troubles: readonly string[];
    },
  ) {
    this.#zip = zip;
    this.package = read.package;
    this.navigation = read.navigation;
    this.troubles = read.troubles;
    this.#locked = read.locked;
    this.#listed = new Map(read.package.manifest.map((item) => [item.path, item]));
  }

  /**
   * Reads what a book says about itself. Refuses `reading/not-a-book`, `reading/damaged`, `reading/protected`, and what
   * `BookZip.read` and `readXml` refuse. A table of contents that cannot be read is a trouble, not a refusal.
   */
  static async open(zip: BookZip): Promise<BookFile> {
    try {
      const container = await text(zip, 'META-INF/container.xml');
      if (container === null) {
        refuse(
          'reading/not-a-book',
          'This file is not a book that Inkreel can read. Choose an .epub file.',
        );
      }
      const path = packagePathOf(container);
      const packageText = await text(zip, path);
      if (packageText === null) {
        refuse(
          'reading/damaged',
          'The part of this book that lists its pages is missing, so it cannot be opened. The file is unchanged.',
        );
      }
      const book = readPackage(packageText, path, (name) => zip.has(name));
      const encryption = await text(zip, 'META-INF/encryption.xml');
      const locked = encryption === null ? new Map<string, string>() : readEncryption(encryption);
      if (book.spine.some((item) => locked.has(item.path))) {
        refuse(
          'reading/protected',
          'This book is locked by the shop that sold it, so only that shop’s own programs can open it.',
        );
      }
      const { navigation, troubles } = await navigationOf(zip, book);
      return new BookFile(zip, { package: book, navigation, locked, troubles });
    } catch (error) {
      await zip.close();
      throw error;
    }
  }

  /** Unpacked bytes of a file. */
  sizeOf(path: string): number {
    return this.#zip.sizeOf(path);
  }

  /** What kind of file the package says a path is; null for one it does not list, which is not part of the book. */
  typeOf(path: string): string | null {
    return this.#listed.get(path)?.mediaType ?? null;
  }

  /** A file that the package lists; null for any other. */
  async read(path: string): Promise<Uint8Array | null> {
    const item = this.#listed.get(path);
    if (item === undefined) return null;
    const isMarkup = /xml|html|css/.test(item.mediaType);
    const bytes = await this.#zip.read(path, isMarkup ? MOST_DOCUMENT_BYTES : undefined);
    const algorithm = this.#locked.get(path);
    if (bytes === null || algorithm === undefined) return bytes;
    return isFontObfuscation(algorithm)
      ? clearFont(bytes, algorithm, this.package.identifier)
      : null;
  }

  /** The stretches of text of a document with the sound that reads them; none when nothing does. */
  async overlay(section: number): Promise<OverlayClip[]> {
    const item = this.package.spine[section];
    if (item === undefined || item.overlay === null) return [];
    const smil = await text(this.#zip, item.overlay);
    if (smil === null) return [];
    return readOverlay(smil, item.overlay).filter((clip) => clip.textPath === item.path);
  }

  close(): Promise<void> {
    return this.#zip.close();
  }
}

async function navigationOf(
  zip: BookZip,
  book: BookPackage,
): Promise<{ navigation: BookNavigation; troubles: string[] }> {
  const ways: [string | null, typeof readNavigation][] = [
    [book.navPath, readNavigation],
    [book.ncxPath, readNcx],
  ];
  const troubles: string[] = [];
  for (const [path, read] of ways) {
    const source = path === null ? null : await text(zip, path);
    if (path === null || source === null) continue;
    try {
      const navigation = read(source, path);
      if (navigation.contents.length > 0) return { navigation, troubles: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      troubles.push('The table of contents of this book is damaged, so it is left out.');
    }
  }
  return { navigation: { contents: [], pages: [], landmarks: [] }, troubles };
}

/** A file as text, in the encoding that its first bytes say (EPUB allows UTF-8 and UTF-16). */
async function text(zip: BookZip, path: string): Promise<string | null> {
  const bytes = await zip.read(path, MOST_PACKAGE_BYTES);
  return bytes === null ? null : decodeMarkup(bytes);
}

/** Markup as text: UTF-16 where its first bytes say so, else UTF-8. */
export function decodeMarkup(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const encoding =
    (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
      ? 'utf-16be'
      : (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)
        ? 'utf-16le'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
