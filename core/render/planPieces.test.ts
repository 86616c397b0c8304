import { describe, expect, it } from 'vitest';
import { EDIT_RATES } from '#tests/edits/randomCommands.ts';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';
import { frameStart, type Rate, rate } from '../time/rate.ts';
import { planExport } from './planExport.ts';
import { planPieces } from './planPieces.ts';
import { exportSettingsSchema } from './settings.ts';

/** A timeline with one clip of so many frames that begins at a frame. */
function piecesOf(frameRate: Rate, startFrame: number, frames: number) {
  const { project, timelineId, videoTrackId, assets } = sampleProject(frameRate);
  apply(project, 'p', [
    {
      type: 'clip.overwrite',
      timelineId,
      videoTrackId,
      use: 'picture',
      at: `${startFrame}f`,
      assetId: assets.film,
      in: '0f',
      out: `${frames}f`,
    },
  ]);
  const plan = planExport(project, timelineId, exportSettingsSchema.parse({}));
  return { plan, pieces: planPieces(plan) };
}

const ofClip = (pieces: ReturnType<typeof planPieces>) =>
  pieces.filter(({ span }) => span.layers.length > 0);

describe('the pieces of a plan', () => {
  it.each(EDIT_RATES)(
    'follow each other without gaps and are 20 s long at most, at %o',
    (frameRate) => {
      const { plan, pieces } = piecesOf(
        frameRate,
        7,
        Math.round((50 * frameRate.num) / frameRate.den),
      );
      let next = plan.startFrame;
      for (const { startFrame, endFrame, span } of pieces) {
        expect(startFrame).toBe(next);
        expect(endFrame).toBeGreaterThan(startFrame);
        expect([span.startFrame, span.endFrame]).toEqual([startFrame, endFrame]);
        expect(frameStart(endFrame - startFrame, frameRate)).toBeLessThan(
          frameStart(1, rate(1)) * 20.1,
        );
        next = endFrame;
      }
      expect(next).toBe(plan.endFrame);
      expect(ofClip(pieces).length).toBeGreaterThan(2);
    },
  );

  it('are as long wherever their span stands', () => {
    const lengths = (start: number) =>
      ofClip(piecesOf(rate(25), start, 1300).pieces).map((one) => one.endFrame - one.startFrame);
    expect(lengths(7)).toEqual([375, 375, 375, 175]);
    expect(lengths(1234)).toEqual(lengths(7));
  });

  it('leave no scrap at the end of a span', () => {
    const lengths = (frames: number) =>
      ofClip(piecesOf(rate(30), 0, frames).pieces).map((one) => one.endFrame - one.startFrame);
    expect(lengths(600)).toEqual([600]);
    expect(lengths(601)).toEqual([450, 151]);
    expect(lengths(1)).toEqual([1]);
  });

  it('begin at whole milliseconds of their span at NTSC rates', () => {
    const frameRate = rate(30_000, 1001);
    const [, second] = ofClip(piecesOf(frameRate, 0, 1000).pieces);
    expect(frameStart(second?.startFrame ?? 0, frameRate) % (frameStart(1, rate(1)) / 1000)).toBe(
      0,
    );
  });
});
