import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import { pictureFile } from '#core/book/pictureFile.ts';
import type { Finding } from '#core/preflight/check.ts';
import { bookFinding } from './fileFinding.ts';
import { brokenLimits, type StoreMeasure } from './storeLimits.ts';

/** A message of the checker, as far as it matters here. */
export type EpubMessage = {
  id: string;
  severity: string;
  message: string;
  location?: { path?: string; line?: number } | undefined;
  suggestion?: string | undefined;
};

/**
 * Messages that the checker gives where the official EPUBCheck (5.3) has nothing to say. Each is held to what it is wrong
 * about, so that the same message about something else is still heard.
 */
const MISTAKEN: readonly {
  id: string;
  isMistaken: (message: EpubMessage, files: Files) => boolean;
}[] = [
  {
    // It looks for inline SVG only and overlooks pictures that are SVG files.
    id: 'OPF-015',
    isMistaken: ({ message, location }, files) =>
      message.includes('svg') &&
      pagesOf(files, location?.path).some((page) => /<img [^>]*src="[^"]+\.svg"/u.test(page)),
  },
  {
    // It takes elements of a document whose namespace has a prefix for unknown ones.
    id: 'RSC-005',
    isMistaken: ({ message, location }, files) =>
      /\bncx:ncx\b/u.test(message) ||
      (/\bncx\b/u.test(message) &&
        pagesOf(files, location?.path).some((page) =>
          /<ncx:ncx [^>]*xmlns:ncx="http:\/\/www\.daisy\.org\/z3986\/2005\/ncx\/"/u.test(page),
        )),
  },
];

type Files = Readonly<Record<string, Uint8Array>>;

/** The named page of a container, or all of its documents when the message names the package. */
function pagesOf(files: Files, path: string | undefined): string[] {
  const names =
    path !== undefined && files[path] !== undefined && !path.endsWith('.opf')
      ? [path]
      : Object.keys(files).filter((name) => /\.(?:xhtml|ncx)$/u.test(name));
  return names.flatMap((name) => (files[name] === undefined ? [] : [strFromU8(files[name])]));
}

/** What the checker says that is not a mistake of its own. */
export function heededMessages(messages: readonly EpubMessage[], files: Files): EpubMessage[] {
  return messages.filter(
    (message) =>
      !MISTAKEN.some(({ id, isMistaken }) => id === message.id && isMistaken(message, files)),
  );
}

const SEVERITIES: Readonly<Record<string, Finding['severity']>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'info',
};

/** Whether a finished EPUB keeps the rules of EPUB 3.3 and the limits of the shops. */
export async function checkEpub(bytes: Uint8Array): Promise<Finding[]> {
  const files = unzipSync(bytes);
  const { messages } = await EpubCheck.validate(bytes);
  const broken = heededMessages(messages, files).flatMap((found): Finding[] => {
    const severity = SEVERITIES[found.severity];
    if (severity === undefined) return [];
    const { path, line } = found.location ?? {};
    return [
      bookFinding(
        {
          id: `epub/${found.id.toLowerCase()}`,
          severity,
          message: found.message,
          why: 'Shops run the same check and refuse e-books that do not pass it.',
          fix:
            found.suggestion ??
            'Look at the place that is named; if the text is right, this is a mistake of Inkreel.',
        },
        {
          ...(path !== undefined && {
            excerpt: line === undefined ? path : `${path}, line ${line}`,
          }),
        },
      ),
    ];
  });
  return [
    ...broken,
    ...measured(
      'epubBytes',
      bytes.length,
      `The e-book has ${(bytes.length / 1024 / 1024).toFixed(1)} MB.`,
    ),
    ...checkCover(files),
  ];
}

function checkCover(files: Files): Finding[] {
  const size = coverSize(files);
  if (size === null) return [];
  const note = `The cover has ${size.widthPx} × ${size.heightPx} pixels.`;
  return [
    ...measured('coverShortSidePx', Math.min(size.widthPx, size.heightPx), note),
    ...measured('coverLongSidePx', Math.max(size.widthPx, size.heightPx), note),
  ];
}

/** Width and height of the picture that the package names as its cover. */
function coverSize(files: Files): { widthPx: number; heightPx: number } | null {
  const opf = Object.keys(files).find((name) => name.endsWith('.opf'));
  const text = opf === undefined || files[opf] === undefined ? '' : strFromU8(files[opf]);
  const item =
    [...text.matchAll(/<item [^>]*>/gu)].find(([tag]) =>
      /properties="[^"]*cover-image/u.test(tag),
    )?.[0] ?? '';
  const href = /href="([^"]+)"/u.exec(item)?.[1];
  const file =
    href === undefined || opf === undefined
      ? undefined
      : files[`${opf.slice(0, opf.lastIndexOf('/') + 1)}${href}`];
  if (file === undefined) return null;
  if (!href?.endsWith('.svg')) return pictureFile(file);
  const tag = /<svg [^>]*>/u.exec(strFromU8(file))?.[0] ?? '';
  const widthPx = Number(/ width="(\d+)/u.exec(tag)?.[1]);
  const heightPx = Number(/ height="(\d+)/u.exec(tag)?.[1]);
  return widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : null;
}

/** Findings about the limits that a measure of the book does not keep. */
export function measured(measure: StoreMeasure, value: number, note: string): Finding[] {
  return brokenLimits(measure, value).map(({ id, severity, rule }) =>
    bookFinding(
      {
        id,
        severity,
        message: rule,
        why: 'The shop refuses the book, or sells it with a fault.',
        fix: FIXES[measure],
      },
      { note },
    ),
  );
}

const FIXES: Readonly<Record<StoreMeasure, string>> = {
  epubBytes: 'Use smaller pictures.',
  coverShortSidePx: 'Use a larger cover.',
  coverLongSidePx: 'Use a cover of another size.',
  picturePixels: 'Use a smaller version of the picture.',
  pictureBytes: 'Use a smaller version of the picture.',
  printPages: 'Choose another trim size, or another printer.',
};
