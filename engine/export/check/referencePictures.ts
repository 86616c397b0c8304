import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#core/fault.ts';
import { spanAt } from '#core/render/expectedPicture.ts';
import { sourcesOf } from '#core/render/pictureLayers.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { OverlayRenderer } from '../../graphics/drawOverlays.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { drawSmallFrame } from '../encode/encodeSpan.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import type { WorkingFormat } from '../sources/workingFormat.ts';
import { drawOverlayPictures } from '../encode/overlayPictures.ts';
import { type SmallPicture, smallPicturesOf, type SmallSize } from './smallPictures.ts';

/** What pictures of the film are drawn from again, to compare it with them. */
export type Reference = {
  files: ReadonlyMap<string, FootageFile>;
  /** Draws titles and captions; asked only when a picture with some is in doubt. */
  overlays: () => Promise<OverlayRenderer>;
  /** What the film was put together in. */
  format: WorkingFormat;
  /** Where files may be written for a moment. */
  folder: string;
};

/** A picture as it should be; without its titles and captions it is so where they do not cover it. */
export type Drawn = { picture: SmallPicture; isWhole: boolean };

/**
 * Draws one frame of a timeline as the export does, small. Null where it cannot be drawn any more, because a source is
 * gone by now, say: then there is nothing to compare with.
 */
export async function referencePicture(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  reference: Reference;
  size: SmallSize;
  /** Counted on the timeline. */
  frame: number;
  /** Whether titles and captions are drawn too, which may start a browser. */
  withOverlays: boolean;
  signal: AbortSignal;
}): Promise<Drawn | null> {
  const { tools, plan, reference, size, frame, withOverlays, signal } = options;
  const found = spanAt(plan.spans, frame);
  if (found === undefined) return null;
  const has = found.overlays.some((one) => one.startFrame <= frame && frame < one.endFrame);
  if (!withOverlays && hasNestedOverlays(plan, found)) return null;
  const overlays = withOverlays ? found.overlays : [];
  const span: Span = { ...found, startFrame: frame, endFrame: frame + 1, overlays };
  const one: ExportPlan = { ...plan, spans: [span] };
  const folder = await mkdtemp(join(reference.folder, 'check-'));
  const output = join(folder, 'picture.yuv');
  try {
    const drawn = await drawOverlayPictures({
      plan: one,
      renderer: reference.overlays,
      folder,
      signal,
      onProgress: () => undefined,
    });
    const { files, format } = reference;
    const job = { tools, plan: one, span, files, format, overlays: drawn, output, signal };
    await drawSmallFrame({ ...job, onFrame: () => undefined }, size);
    const [picture] = smallPicturesOf(await readFile(output), size);
    return picture ? { picture, isWhole: withOverlays || !has } : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether something that the span shows may have titles of its own. */
function hasNestedOverlays(plan: ExportPlan, span: Span): boolean {
  const isNested = span.layers
    .flatMap(sourcesOf)
    .some(({ content }) => content.kind === 'timeline');
  return isNested && plan.nests.some(({ spans }) => spans.some((one) => one.overlays.length > 0));
}
