import { pictureFile } from '#core/book/pictureFile.ts';
import { run } from '#engine/process/run.ts';
import type { Ffmpeg } from '#engine/tools/ffmpeg.ts';

/** The largest picture that is taken over, and the most pixels that are drawn. */
export const MAX_PICTURE_BYTES = 100 * 1024 * 1024;
const MAX_PIXELS = 200_000_000;
const CONVERT_TIMEOUT_MS = 20_000;

export type MadePicture =
  | { ok: true; bytes: Uint8Array; extension: 'png' | 'jpg'; isConverted: boolean }
  | { ok: false; code: string; why: string };

/**
 * A picture in a form that every book format takes: PNG and JPEG as they are, GIF, WebP, BMP, TIFF, AVIF and SVG drawn anew
 * as PNG. Nothing that such a file names is loaded.
 */
export async function bookPicture(
  bytes: Uint8Array,
  tools: Ffmpeg | null,
  signal: AbortSignal,
): Promise<MadePicture> {
  const known = pictureFile(bytes);
  if (known) {
    return known.widthPx * known.heightPx > MAX_PIXELS
      ? { ok: false, code: 'picture-too-large', why: 'has more pixels than can be shown' }
      : { ok: true, bytes, extension: known.extension, isConverted: false };
  }
  const format = formatOf(bytes);
  if (format === null || tools === null) {
    return { ok: false, code: 'picture-format', why: 'is of a kind that books cannot show' };
  }
  if (format === 'svg_pipe' && !isSafeDrawing(bytes)) {
    return { ok: false, code: 'picture-format', why: 'is a drawing that refers to other files' };
  }
  const png = await toPng(bytes, format, tools, signal);
  const made = png && pictureFile(png);
  return made
    ? { ok: true, bytes: made.bytes, extension: 'png', isConverted: true }
    : { ok: false, code: 'picture-damaged', why: 'is damaged or of an unknown kind' };
}

function formatOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (/^GIF8[79]a/.test(head)) return 'gif_pipe';
  if (/^RIFF....WEBP/s.test(head)) return 'webp_pipe';
  if (head.startsWith('BM')) return 'bmp_pipe';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff_pipe';
  const start = Buffer.from(bytes.subarray(0, 1_024)).toString('utf8');
  return /<svg[\s>]/i.test(start) || /^\s*(?:\uFEFF)?<\?xml[\s\S]*<svg/i.test(start)
    ? 'svg_pipe'
    : null;
}

/** A drawing that declares no entities, runs nothing and shows nothing but what it holds itself. */
function isSafeDrawing(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  return (
    bytes.length < 8 * 1024 * 1024 &&
    !/<!ENTITY|<script|<foreignObject|@import/i.test(text) &&
    !/\b(?:href|src)\s*=\s*["']\s*(?!#|data:image\/(?:png|jpe?g);)/i.test(text) &&
    !/url\(\s*["']?\s*(?!#|["']?data:)/i.test(text)
  );
}

async function toPng(
  bytes: Uint8Array,
  format: string,
  tools: Ffmpeg,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  const timeout = AbortSignal.timeout(CONVERT_TIMEOUT_MS);
  try {
    const { exitCode } = await run(
      tools.ffmpeg,
      [
        ...[
          '-v',
          'error',
          '-nostdin',
          '-protocol_whitelist',
          'pipe',
          '-max_pixels',
          String(MAX_PIXELS),
        ],
        ...[
          '-f',
          format,
          '-frame_size',
          String(bytes.length),
          '-i',
          'pipe:0',
          '-frames:v',
          '1',
          '-f',
          'image2pipe',
          '-c:v',
          'png',
        ],
        ...['-pix_fmt', 'rgba', 'pipe:1'],
      ],
      {
        signal: AbortSignal.any([signal, timeout]),
        onStdoutData: (chunk) => chunks.push(chunk),
        writeStdin: async (stdin) => {
          await new Promise<void>((resolve) => stdin.write(bytes, () => resolve()));
        },
      },
    );
    return exitCode === 0 && chunks.length > 0 ? Buffer.concat(chunks) : null;
  } catch (error) {
    if (signal.aborted) throw error;
    if (timeout.aborted) return null;
    throw error;
  }
}
