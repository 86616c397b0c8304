import { stat, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { coverSvg } from '#core/book/epubCover.ts';
import type { BookMetadata } from '#core/book/manuscript.ts';
import { bookFonts } from '../book/bookFonts.ts';
import { run } from '../process/run.ts';
import { findBrowser } from '../tools/browser.ts';

const SIZE = '1600,2560';
const PATIENCE_MS = 30_000;

/**
 * Draws the cover of a book as a PNG beside `folder`’s other files, in the font that books are set in. Null where there is
 * no browser to draw with: an audiobook can do without a cover.
 */
export async function audiobookCover(
  metadata: BookMetadata,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> {
  const browser = await findBrowser();
  if (browser === null) return null;
  const [drawing, picture] = [`${folder}/cover.svg`, `${folder}/cover.png`];
  await writeFile(drawing, withFont(coverSvg(metadata)));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  await run(
    browser,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-quic'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...[`--user-data-dir=${folder}/browser`, '--force-device-scale-factor=1'],
      ...[`--window-size=${SIZE}`, `--screenshot=${picture}`, pathToFileURL(drawing).href],
    ],
    { signal: AbortSignal.any([signal, patience]) },
  ).catch((error: unknown) => {
    if (signal.aborted) throw error;
  });
  const made = await stat(picture).catch(() => null);
  return made !== null && made.size > 0 ? picture : null;
}

/** The drawing with its fonts inside, so that it is the same wherever it is drawn. */
function withFont(svg: string): string {
  const [regular, italic] = bookFonts();
  const face = (style: string, bytes: Buffer | undefined) =>
    bytes === undefined
      ? ''
      : `@font-face{font-family:Literata;font-style:${style};src:url(data:font/ttf;base64,${bytes.toString('base64')})}`;
  const faces = `<style>${face('normal', regular)}${face('italic', italic)}</style>`;
  return svg.replace(/(<svg[^>]*>)/, `$1${faces}`);
}
