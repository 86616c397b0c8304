import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#core/fault.ts';
import { spanAt } from '#core/render/expectedPicture.ts';
import { sourcesOf } from '#core/render/pictureLayers.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { OverlayRenderer } from '../../graphics/drawOverlays.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { drawSmallFrames } from '../encode/encodeSpan.ts';
import { isPlainFootage } from '../encode/footageGraph.ts';
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

/** Frames of a timeline; exclusive end. */
export type FrameRange = { startFrame: number; endFrame: number };

/** More than the time by which files may say their length wrongly. */
const EARLIER_SECONDS = 0.75;

/** A picture as it should be; without its titles and captions it is so where they do not cover it. */
export type Drawn = { picture: SmallPicture; isWhole: boolean };

/**
 * Draws frames of a timeline as the export does, small. Gives null where they cannot be drawn any more, because a source
 * is gone by now, say: then there is nothing to compare with.
 */
export async function referencePictures(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  reference: Reference;
  size: SmallSize;
  /** Of one span, see `drawnTogether`. */
  frames: FrameRange;
  /** Whether titles and captions are drawn too, which may start a browser. */
  withOverlays: boolean;
  signal: AbortSignal;
}): Promise<Drawn[] | null> {
  const { tools, plan, reference, size, frames, withOverlays, signal } = options;
  const found = spanAt(plan.spans, frames.startFrame);
  if (found === undefined) return null;
  if (!withOverlays && hasNestedOverlays(plan, found)) return null;
  const overlays = withOverlays ? found.overlays : [];
  const span: Span = { ...found, ...frames, overlays };
  const few: ExportPlan = { ...plan, spans: [span] };
  const folder = await mkdtemp(join(reference.folder, 'check-'));
  const output = join(folder, 'pictures.yuv');
  try {
    const drawn = await drawOverlayPictures({
      plan: few,
      renderer: reference.overlays,
      folder,
      signal,
      onProgress: () => undefined,
    });
    const { files, format } = reference;
    const job = { tools, plan: few, span, files, format, overlays: drawn, output, signal };
    await drawSmallFrames({ ...job, onFrame: () => undefined }, size);
    const pictures = smallPicturesOf(await readFile(output), size);
    return pictures.map((picture, index) => {
      const frame = frames.startFrame + index;
      const has = found.overlays.some((one) => one.startFrame <= frame && frame < one.endFrame);
      return { picture, isWhole: withOverlays || !has };
    });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The frames that are best drawn together with one of a timeline. Opening a source costs more than one more picture of
 * it, and the neighbours may be asked for too. Near the end of a source drawing begins earlier: what begins there is
 * composed, which costs far more. Of what is composed in any case, it is that frame alone.
 */
export function drawnTogether(
  plan: ExportPlan,
  { files, format }: Reference,
  frame: number,
): FrameRange {
  const alone = { startFrame: frame, endFrame: frame + 1 };
  const span = spanAt(plan.spans, frame);
  if (span === undefined) return alone;
  const endFrame = Math.min(span.endFrame, frame + 2);
  const earlier = Math.ceil((EARLIER_SECONDS * plan.frameRate.num) / plan.frameRate.den);
  const found = [1, earlier]
    .map((frames) => ({ startFrame: Math.max(span.startFrame, frame - frames), endFrame }))
    .find((range) => isPlainFootage(plan, { ...span, ...range }, files, format));
  return found ?? alone;
}

/** Whether something that the span shows may have titles of its own. */
function hasNestedOverlays(plan: ExportPlan, span: Span): boolean {
  const isNested = span.layers
    .flatMap(sourcesOf)
    .some(({ content }) => content.kind === 'timeline');
  return isNested && plan.nests.some(({ spans }) => spans.some((one) => one.overlays.length > 0));
}
