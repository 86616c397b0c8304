import { closeSync, openSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { refuse } from '#core/fault.ts';

export type BookSourceFormat = 'epub' | 'docx' | 'markdown' | 'html' | 'text';

const BY_EXTENSION: Readonly<Record<string, BookSourceFormat>> = {
  '.epub': 'epub',
  '.docx': 'docx',
  '.docm': 'docx',
  '.dotx': 'docx',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.txt': 'text',
  '.text': 'text',
};

const ADVICE: Readonly<Record<string, string>> = {
  '.doc': 'Open it in Word or LibreOffice and save it as .docx',
  '.odt': 'Open it in LibreOffice and save it as .docx',
  '.rtf': 'Open it in Word or LibreOffice and save it as .docx',
  '.pages': 'Open it in Pages and export it as .docx or EPUB',
  '.scriv': 'Compile it in Scrivener to .docx or Markdown',
  '.pdf': 'A PDF no longer knows what its text means; look for the file it was made from',
  '.mobi': 'Turn it into EPUB, for example with calibre',
  '.azw': 'Turn it into EPUB, for example with calibre',
  '.azw3': 'Turn it into EPUB, for example with calibre',
};

/** What kind of manuscript a file is, by its name. Refuses `book/format-not-supported`, with what to do instead. */
export function bookFormat(path: string): BookSourceFormat {
  const extension = extname(path).toLowerCase();
  const format = BY_EXTENSION[extension];
  const head = startOf(path);
  if (format !== undefined) {
    const isZip = head.startsWith('PK');
    if ((format === 'epub' || format === 'docx') && !isZip) {
      if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) {
        refuse(
          'book/format-not-supported',
          `“${basename(path)}” is in Word’s old format, or locked with a password. Open it in Word and save it as .docx without a password.`,
          { path },
        );
      }
      refuse(
        'book/archive-damaged',
        `“${basename(path)}” is damaged: it is not ${format === 'epub' ? 'an EPUB' : 'a Word file'} at all. Get it again from where it came, then import it.`,
        { path },
      );
    }
    return format;
  }
  const advice = ADVICE[extension] ?? 'Save it as one of these first';
  refuse(
    'book/format-not-supported',
    `Inkreel reads books from EPUB, Word (.docx), Markdown, HTML and plain text. “${basename(path)}” is something else. ${advice}.`,
    { path, extension },
  );
}

function startOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(8);
    const read = readSync(file, bytes, 0, 8, 0);
    return bytes.subarray(0, read).toString('latin1');
  } finally {
    closeSync(file);
  }
}
