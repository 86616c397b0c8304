import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDIT_RATES } from '#tests/edits/randomCommands.ts';
import { apply, type SampleProject, sampleProject } from '#tests/edits/sampleProject.ts';
import { overlayKey } from '../graphics/graphicKey.ts';
import { itemStart } from '../model/items.ts';
import { frameDuration, frameStart } from '../time/rate.ts';
import { overlayLayersAt, overlaysBetween } from './overlays.ts';
import { sceneAt } from './sceneAt.ts';

const FRAMES = 150;

/** The layers of each frame as they are seen, and the keys of their pictures. */
function framesOf(sample: SampleProject, first = 0, last = FRAMES) {
  const timeline = sample.project.find('timeline', sample.timelineId);
  if (timeline === undefined) throw new Error('The sample has a timeline.');
  const { frameRate } = timeline.format;
  const items = overlaysBetween(
    sample.project,
    timeline,
    frameStart(first, frameRate),
    frameStart(last, frameRate),
    'shown',
  );
  return Array.from({ length: last - first }, (_, index) => {
    const layers = overlayLayersAt(items, first + index);
    return { layers, key: overlayKey(layers, { width: 320, height: 180, frameRate }) };
  });
}

function withTitle(frameRate = EDIT_RATES[2], frames = 100, template = 'title') {
  const sample = sampleProject(frameRate);
  const { timelineId } = sample;
  const duration = `${frames}f`;
  const made = apply(sample.project, 't', [
    { type: 'title.add', timelineId, at: '10f', duration, template, fields: { title: 'Words' } },
  ]);
  return { ...sample, titleId: String(made.outcomes[0]?.['titleId']) };
}

describe('a title that is split', () => {
  it('looks on every frame as if it were not, however often and at every rate', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EDIT_RATES),
        fc.integer({ min: 2, max: 120 }),
        fc.constantFrom('title', 'lowerThird'),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 }),
        (frameRate, frames, template, cuts) => {
          const sample = withTitle(frameRate, frames, template);
          const before = framesOf(sample);
          const scenes = () =>
            before.map((_, frame) => sceneAt(sample.project, sample.timelineId, frame).overlays);
          const scenesBefore = scenes();
          for (const [index, cut] of cuts.entries()) {
            const at = frameStart(11 + (cut % (frames - 1)), frameRate);
            const whole = sample.project
              .all('graphic')
              .find((part) => itemStart(part) < at && at < itemStart(part) + part.duration);
            if (whole === undefined) continue;
            apply(sample.project, `s${index}`, [{ type: 'clip.split', clipId: whole.id, at }]);
          }
          expect(framesOf(sample)).toEqual(before);
          expect(scenes()).toEqual(scenesBefore);
          // An export of a part of the film plans only that part.
          expect(framesOf(sample, 15, 40)).toEqual(before.slice(15, 40));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('shows of its movement what is left when a half is trimmed or moved', () => {
    const sample = withTitle();
    const before = framesOf(sample);
    apply(sample.project, 's', [{ type: 'clip.split', clipId: sample.titleId, at: '15f' }]);
    const right = sample.project.all('graphic').find((part) => part.id !== sample.titleId);
    const clipId = right?.id ?? '';
    apply(sample.project, 'r', [{ type: 'clip.trim', clipId, edge: 'head', to: '18f' }]);
    const trimmed = framesOf(sample);
    expect(trimmed.slice(15, 18).every(({ layers }) => layers.length === 0)).toBe(true);
    expect([...trimmed.slice(0, 15), ...trimmed.slice(18)]).toEqual([
      ...before.slice(0, 15),
      ...before.slice(18),
    ]);
    apply(sample.project, 'm', [{ type: 'clip.move', clipId, to: '28f', mode: 'overwrite' }]);
    expect(framesOf(sample).slice(28, 100)).toEqual(before.slice(18, 90));
  });

  it('that is not split moves in and out within its new length when it is trimmed', () => {
    const sample = withTitle();
    apply(sample.project, 'r', [
      { type: 'clip.trim', clipId: sample.titleId, edge: 'tail', to: '60f' },
    ]);
    expect(framesOf(sample)[59]?.layers).toMatchObject([{ frame: 49, durationFrames: 50 }]);
  });

  it('that a merge has made longer than its movement is drawn all the same', () => {
    const sample = withTitle();
    const frame = frameDuration({ num: 25, den: 1 });
    sample.project.apply([
      {
        object: sample.titleId,
        register: 'motion',
        value: { offset: 90 * frame, duration: 95 * frame },
      },
    ]);
    expect(framesOf(sample)[109]?.layers).toMatchObject([{ frame: 189, durationFrames: 190 }]);
  });
});

describe('what is not shown', () => {
  const caption = (sample: SampleProject, trackId: string, text: string) => ({
    type: 'caption.add' as const,
    timelineId: sample.timelineId,
    trackId,
    at: '10f',
    duration: '10f',
    text,
  });
  const shown = (sample: SampleProject) =>
    framesOf(sample)[12]?.layers.map(({ fields }) => fields['text'] ?? fields['title']);

  it('titles and captions that are switched off', () => {
    const sample = withTitle();
    const { timelineId } = sample;
    apply(sample.project, 'c', [
      { type: 'track.add', timelineId, trackKind: 'caption', trackId: 'one' },
      caption(sample, 'one', 'Spoken'),
    ]);
    expect(shown(sample)).toEqual(['Words', 'Spoken']);
    const [cue] = sample.project.itemsOn('one');
    sample.project.apply([
      { object: sample.titleId, register: 'disabled', value: true },
      { object: cue?.id ?? '', register: 'disabled', value: true },
    ]);
    expect(shown(sample)).toEqual([]);
  });

  it('caption tracks that are muted, or not solo beside one that is', () => {
    const sample = sampleProject();
    const { timelineId } = sample;
    for (const trackId of ['one', 'two']) {
      apply(sample.project, trackId, [
        { type: 'track.add', timelineId, trackKind: 'caption', trackId },
        caption(sample, trackId, trackId),
      ]);
    }
    expect(shown(sample)).toEqual(['one', 'two']);
    sample.project.apply([{ object: 'one', register: 'solo', value: true }]);
    expect(shown(sample)).toEqual(['one']);
    apply(sample.project, 'm', [{ type: 'track.set', trackId: 'one', muted: true }]);
    expect(shown(sample)).toEqual([]);
  });
});
