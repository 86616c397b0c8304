import { describe, expect, test } from 'vitest';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';
import { settle } from '../fault.ts';
import { interchangeFromProject } from './interchangeFromProject.ts';

describe('a timeline for other programs', () => {
  test('has picture from the bottom up and sound from the top down', () => {
    const { project, timelineId } = sampleProject();
    apply(project, 'tracks', [
      { type: 'track.add', timelineId, trackKind: 'video' },
      { type: 'track.add', timelineId, trackKind: 'audio' },
    ]);
    const { timeline } = interchangeFromProject(project, timelineId, { folder: null });
    expect(timeline.tracks.map((track) => track.name)).toEqual(['V1', 'V2', 'A1', 'A2']);
  });

  test('reports titles, captions and missing media, and nothing else', () => {
    const { project, timelineId, assets } = sampleProject();
    apply(project, 'all', [
      { type: 'clip.append', timelineId, assetId: assets.film, name: 'Loud', clipIds: ['loud'] },
      { type: 'clip.append', timelineId, assetId: assets.short, name: 'Lost', use: 'picture' },
      { type: 'clip.setGain', clipId: 'loud', gainDb: -6 },
      { type: 'title.add', timelineId, at: 0, fields: { title: 'Hello' } },
      { type: 'caption.add', timelineId, at: 0, duration: '25f', text: 'One' },
      { type: 'caption.add', timelineId, at: '25f', duration: '25f', text: 'Two' },
    ]);
    project.apply([{ object: assets.short, register: 'deleted', value: true }]);
    const { losses, timeline } = interchangeFromProject(project, timelineId, { folder: '/media' });
    expect(losses.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'interchange/title track “G1” (“Hello”)',
      'interchange/captions track “C1”',
      'interchange/no-media track “V1” (“Lost”)',
    ]);
    expect(timeline.tracks).toHaveLength(2);
    expect(timeline.tracks[0]?.items).toMatchObject([
      { mediaUrl: 'film.file' },
      { mediaUrl: null },
    ]);
    expect(timeline.tracks[1]?.items).toMatchObject([{ parameters: { gainDb: -6 } }]);
  });

  test('is refused when it is gone', () => {
    const { project } = sampleProject();
    expect(settle(() => interchangeFromProject(project, 'gone', { folder: null }))).toMatchObject({
      error: { code: 'interchange/no-such-timeline' },
    });
  });
});
