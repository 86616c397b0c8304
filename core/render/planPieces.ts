import type { Rate } from '../time/rate.ts';
import type { CopyFinding, CopyRun } from './copyRules.ts';
import type { ExportPlan, Span } from './planExport.ts';

/**
 * A part of a film that is made in one go: the whole of a span or a stretch of a long one. Frames count on the
 * timeline, `endFrame` exclusive.
 */
export type Piece = {
  /** `copy`: packets of a source as they are; the others are encoded. */
  kind: 'copy' | 'footage' | 'graphics';
  startFrame: number;
  endFrame: number;
  /** The span of the plan that it is of, its frames narrowed to the piece. */
  span: Span;
  /** Why it is not copied, for the report. */
  why?: string;
  /** The packets that a copied piece is. */
  run?: CopyRun;
};

/** Length of a piece; the last one of a span takes what remains up to `LONGEST_REST_SECONDS` more. */
const PIECE_SECONDS = 15;
const LONGEST_REST_SECONDS = 5;

/**
 * The pieces of a plan, one after the other without gaps. A long span is cut at fixed distances from its beginning,
 * so a clip that is moved, or trimmed at its end, keeps the pieces that it had. What is copied is one piece, however
 * long it is.
 */
export function planPieces(
  plan: ExportPlan,
  copies: ReadonlyMap<Span, CopyFinding> = new Map(),
): Piece[] {
  return plan.spans.flatMap((span) => {
    const { runs, why } = copies.get(span) ?? { runs: [] };
    const encoded = (startFrame: number, endFrame: number): Piece[] =>
      startFrame === endFrame
        ? []
        : narrowed({ ...span, startFrame, endFrame }, plan.frameRate).map((part) => ({
            kind: part.kind,
            startFrame: part.startFrame,
            endFrame: part.endFrame,
            span: part,
            ...(why === undefined ? {} : { why }),
          }));
    const pieces: Piece[] = [];
    let next = span.startFrame;
    for (const run of runs) {
      const { startFrame, endFrame } = run;
      pieces.push(...encoded(next, startFrame));
      pieces.push({
        kind: 'copy',
        startFrame,
        endFrame,
        span: { ...span, startFrame, endFrame },
        run,
      });
      next = endFrame;
    }
    return [...pieces, ...encoded(next, span.endFrame)];
  });
}

/** A span in stretches of bounded length. Everything else about it stays: it says of each frame what is shown. */
function narrowed(span: Span, frameRate: Rate): Span[] {
  // Whole seconds at whole rates and whole milliseconds at the 1000/1001 forms, so that sources are opened at times
  // that survive rounding as well as the span's own beginning does.
  const framesPerSecond = Math.max(1, Math.round(frameRate.num / frameRate.den));
  const length = PIECE_SECONDS * framesPerSecond;
  const longest = length + LONGEST_REST_SECONDS * framesPerSecond;
  const parts: Span[] = [];
  let startFrame = span.startFrame;
  while (span.endFrame - startFrame > longest) {
    parts.push({ ...span, startFrame, endFrame: startFrame + length });
    startFrame += length;
  }
  return [...parts, { ...span, startFrame }];
}
