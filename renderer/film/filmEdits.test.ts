import { describe, expect, it } from 'vitest';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import { itemStart } from '#core/model/items.ts';
import {
  cutForDissolve,
  deleteCommands,
  dissolveCommand,
  longestDissolve,
  nudgeCommands,
  splitCommands,
  trimToCommands,
} from './filmEdits.ts';
import { type FilmFixture, filmFixture, seconds } from '#tests/support/filmFixture.ts';

/** Three clips of two seconds that touch, each with a quarter of a second to spare at its head. */
function film(): FilmFixture {
  const made = filmFixture();
  const source = { timelineId: made.timeline.id, assetId: made.assetId };
  for (let index = 0; index < 3; index += 1) {
    made.edit({ type: 'clip.append', ...source, in: '8f', out: '68f' });
  }
  return made;
}

function ids(made: FilmFixture, lane: string): string[] {
  return made.itemsOn(lane).map((item) => item.id);
}

describe('splitting at the playhead', () => {
  it('cuts picture and sound once, and leaves titles alone', () => {
    const made = film();
    made.edit({ type: 'title.add', timelineId: made.timeline.id, at: 0 });
    const commands = splitCommands(made.project, {
      timelineId: made.timeline.id,
      selection: [],
      at: seconds(3),
      scope: 'linked',
    });
    expect(commands).toHaveLength(1);
    made.edit(...commands);
    expect(made.itemsOn('V1').map(itemStart)).toEqual([0, 2, 3, 4].map(seconds));
    expect(made.itemsOn('A1').map(itemStart)).toEqual([0, 2, 3, 4].map(seconds));
    expect(made.itemsOn('G1')).toHaveLength(1);
  });

  it('cuts only what is selected when that stands at the playhead', () => {
    const made = film();
    made.edit({ type: 'title.add', timelineId: made.timeline.id, at: 0 });
    made.edit(
      ...splitCommands(made.project, {
        timelineId: made.timeline.id,
        selection: ids(made, 'G1'),
        at: seconds(1),
        scope: 'linked',
      }),
    );
    expect(made.itemsOn('G1')).toHaveLength(2);
    expect(made.itemsOn('V1')).toHaveLength(3);
  });

  it('divides the text of a caption of several words', () => {
    const made = film();
    const { timeline } = made;
    made.edit({
      type: 'track.add',
      timelineId: timeline.id,
      trackKind: 'caption',
      trackId: 'track',
    });
    const caption = (at: string, text: string) => {
      made.edit({ type: 'caption.add', timelineId: timeline.id, at, duration: '30f', text });
    };
    caption('0f', 'Now listen');
    caption('30f', 'Hush');
    const shown = () =>
      made.project.itemsOn('track').map((item) => (item.kind === 'cue' ? item.text : item.kind));
    for (const at of [0.5, 1.5]) {
      const selection = made.project.itemsOn('track').map(({ id }) => id);
      const timelineId = timeline.id;
      const options = { timelineId, selection, at: seconds(at), scope: 'linked' } as const;
      made.edit(...splitCommands(made.project, options));
    }
    expect(shown()).toEqual(['Now', 'listen', 'Hush', 'Hush']);
  });

  it('does nothing at an edge or on locked tracks', () => {
    const made = film();
    const at = (time: number) =>
      splitCommands(made.project, {
        timelineId: made.timeline.id,
        selection: [],
        at: seconds(time),
        scope: 'alone',
      });
    expect(at(2)).toEqual([]);
    made.edit({ type: 'track.set', trackId: made.track('V1').id, locked: true });
    expect(at(1)).toEqual([
      { type: 'clip.split', clipId: ids(made, 'A1')[0], at: seconds(1), scope: 'alone' },
    ]);
  });
});

describe('other commands on the selection', () => {
  it('deletes with or without closing the gap', () => {
    const gone = (gap: 'keep' | 'close') => {
      const made = film();
      const selection = ids(made, 'V1').slice(0, 1);
      made.edit(...deleteCommands(made.project, { selection, gap, scope: 'linked' }));
      return made.itemsOn('A1').map(itemStart);
    };
    expect(gone('keep')).toEqual([2, 4].map(seconds));
    expect(gone('close')).toEqual([0, 2].map(seconds));
  });

  it('removes a selected dissolve together with that of the sound, once', () => {
    const made = film();
    made.edit({ type: 'transition.add', clipId: ids(made, 'V1')[1] ?? '', duration: '10f' });
    const selection = made.project.all('transition').map((transition) => transition.id);
    expect(selection).toHaveLength(2);
    made.edit(...deleteCommands(made.project, { selection, gap: 'keep', scope: 'linked' }));
    expect(made.project.all('transition')).toEqual([]);
  });

  it('nudges by frames, but not before the beginning', () => {
    const made = film();
    const selection = [...ids(made, 'V1').slice(2), ...ids(made, 'A1').slice(2)];
    const nudge = (frames: number, chosen = selection) =>
      nudgeCommands(made.project, {
        timeline: made.timeline,
        selection: chosen,
        frames,
        scope: 'linked',
      });
    expect(nudge(1)).toHaveLength(1);
    made.edit(...nudge(10));
    expect(made.itemsOn('A1').map(itemStart)[2]).toBe(seconds(4 + 10 / 30));
    expect(nudge(-1, ids(made, 'V1').slice(0, 1))).toEqual([]);
  });

  it('trims the edge to the playhead', () => {
    const made = film();
    made.edit(
      ...trimToCommands(made.project, {
        timelineId: made.timeline.id,
        selection: [],
        edge: 'head',
        at: seconds(2.5),
        scope: 'linked',
      }),
    );
    expect(made.itemsOn('V1').map(itemStart)).toEqual([0, 2.5, 4].map(seconds));
  });
});

describe('where a dissolve goes', () => {
  it('is the cut between two selected clips, or the cut nearest to the playhead', () => {
    const made = film();
    const [a, b, c] = ids(made, 'V1');
    const cut = (selection: string[], playhead: number) =>
      cutForDissolve(made.project, {
        timelineId: made.timeline.id,
        selection,
        playhead: seconds(playhead),
      })?.clip.id;
    expect(cut([a ?? '', b ?? ''], 5)).toBe(b);
    expect(cut([b ?? ''], 2.4)).toBe(b);
    expect(cut([b ?? ''], 3.6)).toBe(c);
    expect(cut([], 1.5)).toBe(b);
    expect(cut([], 30)).toBeUndefined();
  });

  it('offers the longest one that fits when media is missing', () => {
    const made = film();
    const cut = cutForDissolve(made.project, {
      timelineId: made.timeline.id,
      selection: ids(made, 'V1').slice(0, 2),
      playhead: seconds(0),
    });
    if (cut === null) throw new Error('No cut');
    const tooLong = applyEdit(
      made.project,
      [dissolveCommand(cut.clip, seconds(2))],
      idsFrom('too-long'),
    );
    if (tooLong.ok) throw new Error('It fits');
    const longest = longestDissolve(tooLong.error.details, made.timeline);
    expect(longest).toBe(seconds(16 / 30));
    made.edit(dissolveCommand(cut.clip, seconds(16 / 30)));
    expect(made.project.all('transition')).toHaveLength(2);
  });
});
