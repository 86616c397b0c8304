import { describe, expect, it } from 'vitest';
import { itemStart } from '#core/model/items.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { previewDrop } from './mediaDrop.ts';

const frameRate = { num: 30, den: 1 };
const free = { targets: [], settings: { isOn: false, reach: 0, seconds: false, frameRate } };

describe('dropping on the timeline', () => {
  it('puts a file with sound on the track under the pointer and on the usual sound track', () => {
    const film = filmFixture();
    film.edit({ type: 'track.add', timelineId: film.timeline.id, trackKind: 'video' });
    const preview = previewDrop(
      film.project,
      film.timeline,
      { kind: 'asset', assetId: film.assetId },
      { time: seconds(1), trackId: film.track('V2').id, mode: 'overwrite' },
      free,
    );
    expect(preview?.stretches).toEqual([
      { trackId: film.track('V2').id, start: seconds(1), end: seconds(11) },
      { trackId: film.track('A1').id, start: seconds(1), end: seconds(11) },
    ]);
    if (preview === null) throw new Error('No preview');
    film.edit(preview.command);
    expect(film.itemsOn('V2').map(itemStart)).toEqual([seconds(1)]);
    expect(film.itemsOn('A1').map(itemStart)).toEqual([seconds(1)]);
  });

  it('shows what an overwrite replaces, and nothing for an insert', () => {
    const film = filmFixture();
    const source = { timelineId: film.timeline.id, assetId: film.assetId };
    film.edit({ type: 'clip.append', ...source, out: '60f' });
    const drop = (mode: 'overwrite' | 'insert') =>
      previewDrop(
        film.project,
        film.timeline,
        { kind: 'asset', assetId: film.assetId },
        { time: seconds(1), trackId: film.track('V1').id, mode },
        free,
      );
    expect(drop('overwrite')?.replaced).toHaveLength(2);
    expect(drop('insert')?.replaced).toEqual([]);
    expect(drop('insert')?.command.type).toBe('clip.insert');
  });

  it('says which locked track is in the way', () => {
    const film = filmFixture();
    film.edit({ type: 'track.set', trackId: film.track('A1').id, locked: true });
    const preview = previewDrop(
      film.project,
      film.timeline,
      { kind: 'asset', assetId: film.assetId },
      { time: 0, trackId: film.track('V1').id, mode: 'overwrite' },
      free,
    );
    expect(preview?.refusal).toContain('“A1” is locked');
  });

  it('gives a title a free graphics track and its own length', () => {
    const film = filmFixture();
    const preview = previewDrop(
      film.project,
      film.timeline,
      { kind: 'title', template: 'title' },
      { time: seconds(2), trackId: film.track('V1').id, mode: 'overwrite' },
      free,
    );
    expect(preview?.stretches).toEqual([{ trackId: null, start: seconds(2), end: seconds(6) }]);
    if (preview === null) throw new Error('No preview');
    film.edit(preview.command);
    expect(film.itemsOn('G1').map(itemStart)).toEqual([seconds(2)]);
  });
});
