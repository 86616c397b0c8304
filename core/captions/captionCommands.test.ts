import { expect, it } from 'vitest';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';
import { settle } from '../fault.ts';
import { tracksOfKind } from '../model/project.ts';
import { FLICKS_PER_SECOND, flicks } from '../time/flicks.ts';
import { frameAt, rate } from '../time/rate.ts';
import type { CaptionCue } from './captionCue.ts';
import { captionCommands } from './captionCommands.ts';

const cue = (start: number, end: number, text: string) => ({
  start: flicks(Math.round(start * FLICKS_PER_SECOND)),
  end: flicks(Math.round(end * FLICKS_PER_SECOND)),
  text,
});

function importer() {
  const { project, timelineId } = sampleProject();
  const add = (
    seed: string,
    cues: CaptionCue[],
    target: { trackId?: string; language?: string } = {},
  ) => {
    const timeline = project.find('timeline', timelineId);
    if (timeline === undefined) throw new Error('The sample has a timeline.');
    const { commands, losses } = captionCommands(project, timeline, cues, {
      newTrackId: `track-${seed}`,
      ...target,
    });
    apply(project, seed, commands);
    return losses.map((loss) => loss.code);
  };
  const tracks = () =>
    tracksOfKind(project, timelineId, 'caption').map((track) =>
      project
        .itemsOn(track.id)
        .map((item) => [
          frameAt(item.placement.start, rate(25)),
          item.kind === 'cue' ? item.text : '',
        ]),
    );
  return { project, add, tracks };
}

it('puts captions on the nearest frames of a new track, then of the first track with room', () => {
  const { add, tracks } = importer();
  expect(add('one', [cue(1.013, 2.5, 'A'), cue(2.5, 3, 'B')])).toEqual([]);
  expect(add('two', [cue(0, 1, 'Before'), cue(3, 4, 'After')])).toEqual([]);
  expect(tracks()).toEqual([
    [
      [0, 'Before'],
      [25, 'A'],
      [63, 'B'],
      [75, 'After'],
    ],
  ]);
});

it('adds a track where captions stand in the way or the track is locked', () => {
  const { project, add, tracks } = importer();
  add('one', [cue(1, 2, 'A')]);
  add('two', [cue(1.5, 3, 'B')]);
  expect(tracks()).toEqual([[[25, 'A']], [[38, 'B']]]);
  apply(project, 'lock', [{ type: 'track.set', trackId: 'track-one', locked: true }]);
  add('three', [cue(10, 11, 'C')]);
  expect(tracks()).toEqual([[[25, 'A']], [[38, 'B']], [[250, 'C']]]);
});

it('puts a second language on a second track, and more of it on the same', () => {
  const { project, add, tracks } = importer();
  add('one', [cue(1, 2, 'A')], { language: 'en' });
  add('two', [cue(1, 2, 'Ä')], { language: 'de' });
  add('three', [cue(3, 4, 'Ö')], { language: 'DE' });
  expect(tracks()).toEqual([
    [[25, 'A']],
    [
      [25, 'Ä'],
      [75, 'Ö'],
    ],
  ]);
  expect(project.find('track', 'track-one')?.language).toBe('en');
  expect(project.find('track', 'track-two')?.language).toBe('de');
});

it('keeps to a track that was chosen, and says where that cannot be', () => {
  const { add, tracks } = importer();
  add('one', [cue(1, 2, 'A')], { language: 'en' });
  add('two', [cue(1, 2, 'B')]);
  add('three', [cue(3, 4, 'C')], { trackId: 'track-two' });
  expect(tracks()).toEqual([
    [[25, 'A']],
    [
      [25, 'B'],
      [75, 'C'],
    ],
  ]);
  const refusal = (trackId: string) => {
    const result = settle(() => add('four', [cue(1, 2, 'D')], { trackId }));
    return result.ok ? null : result.error.code;
  };
  expect(refusal('track-two')).toBe('captions/no-room');
  expect(refusal('gone')).toBe('captions/no-such-track');
});

it('moves captions to frames and leaves their words in time', () => {
  const { project, add } = importer();
  const [start, end] = [1.013, 2.492];
  const word = (text: string, from: number, to: number) => ({
    text,
    start: flicks(Math.round(from * FLICKS_PER_SECOND)),
    end: flicks(Math.round(to * FLICKS_PER_SECOND)),
  });
  const words = [word('One', 0, 0.5), word('two', 1, 1.479)];
  add('one', [{ ...cue(start, end, 'One two'), words }]);
  const [caption] = project.all('cue');
  // From 1.013 s to frame 25, which starts at 1 s; the end goes to frame 62, at 2.48 s.
  expect(caption?.words).toEqual([word('One', 0.013, 0.513), word('two', 1.013, 1.48)]);
});

it('leaves out a caption that would have no frame, and says so', () => {
  const { add, tracks } = importer();
  expect(add('one', [cue(1, 1.01, 'A'), cue(1.01, 1.02, 'B'), cue(1.1, 1.101, 'C')])).toEqual([
    'captions/too-short',
  ]);
  expect(tracks()).toEqual([
    [
      [25, 'B'],
      [28, 'C'],
    ],
  ]);
});
