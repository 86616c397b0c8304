import { describe, expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import type { Clipboard } from '../../clipboard/clipboard.ts';
import { copyItems } from '../../clipboard/copyItems.ts';
import { settle } from '../../fault.ts';
import type { Clip, Item } from '../../model/entities.ts';
import { flicks, ZERO } from '../../time/flicks.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import type { Project } from '../../model/project.ts';
import { frameDuration, type Rate, rate } from '../../time/rate.ts';

/** Clips `a` and `b` that touch at frame 50 and dissolve, their sound, and a title over them. */
function filmed(frameRate: Rate = rate(25)) {
  const sample = sampleProject(frameRate);
  const { project, timelineId, assets } = sample;
  const source = { timelineId, assetId: assets.film };
  apply(project, 'film', [
    {
      type: 'clip.overwrite',
      ...source,
      at: '10f',
      in: '100f',
      out: '140f',
      clipIds: ['a', 'a-sound'],
    },
    {
      type: 'clip.overwrite',
      ...source,
      at: '50f',
      in: '200f',
      out: '230f',
      clipIds: ['b', 'b-sound'],
    },
    { type: 'transition.add', clipId: 'b', duration: '10f' },
    { type: 'effect.add', clipIds: ['a'], effect: 'blur', parameters: { radius: 0.1 } },
    { type: 'keyframe.set', clipId: 'a', parameter: 'opacity', at: '20f', value: 0.5 },
    { type: 'clip.setFades', clipIds: ['a'], in: '5f' },
    { type: 'title.add', timelineId, at: '12f', duration: '20f', fields: { title: 'Hello' } },
  ]);
  const [title] = project.all('graphic');
  return { ...sample, titleId: title?.id ?? '' };
}

function itemsIn(project: Project, timelineId: string): Item[] {
  return project.tracksOf(timelineId).flatMap((track) => [...project.itemsOn(track.id)]);
}

/** What stands on a timeline, as text: track, name, frames. */
function shown({ project, timelineId }: { project: Project; timelineId: string }): string[] {
  const frame = frameDuration(project.find('timeline', timelineId)?.format.frameRate ?? rate(25));
  return project.tracksOf(timelineId).flatMap((track) =>
    project.itemsOn(track.id).map((item) => {
      const name = item.kind === 'cue' ? item.text : item.name;
      return `${track.name} ${name} ${itemStart(item) / frame}–${itemEnd(item) / frame}`;
    }),
  );
}

const paste = (timelineId: string, clipboard: unknown, more: object = {}) => ({
  type: 'clip.paste',
  timelineId,
  at: 0,
  clipboard,
  ...more,
});

describe('clip.paste', () => {
  test('brings clips with all they have into another project', () => {
    const from = filmed();
    const to = sampleProject();
    const clipboard: unknown = JSON.parse(
      JSON.stringify(copyItems(from.project, ['a', 'b', from.titleId])),
    );
    const [outcome] = apply(to.project, 'paste', [
      paste(to.timelineId, clipboard, { at: '100f' }),
    ]).outcomes;
    expect(shown(to)).toEqual([
      'A1 film.file 100–140',
      'A1 film.file 140–170',
      'V1 film.file 100–140',
      'V1 film.file 140–170',
      'G1 Hello 102–122',
    ]);
    expect(outcome).toMatchObject({ leftOut: 0, assetIds: [], timelineIds: [] });
    const [a, b] = to.project.itemsOn(to.videoTrackId) as Clip[];
    const [sound] = to.project.itemsOn(to.audioTrackId) as Clip[];
    const old = from.project.find('clip', 'a');
    expect(a).toMatchObject({
      sourceRange: old?.sourceRange,
      opacity: old?.opacity,
      effects: old?.effects,
      fades: old?.fades,
    });
    expect(sound?.linkId).toBe(a?.linkId);
    expect(sound?.linkId).not.toBe(from.project.find('clip', 'a')?.linkId);
    expect(a?.linkId).not.toBe(b?.linkId);
    expect(to.project.all('transition').map(({ cut }) => cut.outgoingId)).toContain(a?.id);
    expect(to.project.all('transition')).toHaveLength(2);
  });

  test('within a project nothing is shared with the originals', () => {
    const film = filmed();
    apply(film.project, 'paste', [
      paste(film.timelineId, copyItems(film.project, ['a']), { at: '200f' }),
    ]);
    const links = film.project.all('clip').map(({ linkId }) => linkId);
    expect(links.map((link) => links.filter((other) => other === link).length)).toEqual([
      2, 2, 2, 2, 2, 2,
    ]);
  });

  test('a clip without its companion has no link; only transitions between copied clips come along', () => {
    const film = filmed();
    const clipboard = copyItems(film.project, ['a'], { scope: 'alone' });
    const to = sampleProject();
    apply(to.project, 'paste', [paste(to.timelineId, clipboard)]);
    expect(to.project.all('clip')[0]).not.toHaveProperty('linkId');
    expect(to.project.all('transition')).toEqual([]);
  });

  test('adds media that the project lacks, without a place relative to another project', () => {
    const film = filmed();
    apply(film.project, 'move', [
      {
        type: 'asset.relink',
        assetId: film.assets.film,
        location: { absolute: '/disk/film.mov', relative: '../film.mov' },
      },
    ]);
    const { project, timelineId } = sampleProject();
    const clipboard = copyItems(film.project, ['a']);
    for (const asset of clipboard.assets)
      asset.identity = { sizeBytes: 5, hash: 'partial-sha256:other' };
    const [outcome] = apply(project, 'paste', [paste(timelineId, clipboard)]).outcomes;
    const [assetId] = outcome?.['assetIds'] as string[];
    expect(project.find('asset', assetId ?? '')?.location).toEqual({ absolute: '/disk/film.mov' });
    expect(project.all('clip').every((clip) => clip.assetId === assetId)).toBe(true);
  });

  test('overwrites in place, or makes room for the whole block', () => {
    const film = filmed();
    const clipboard = copyItems(film.project, ['a']);
    for (const [mode, after] of [
      ['overwrite', ['V1 film.file 0–20', 'V1 film.file 20–60', 'V1 film.file 60–100']],
      ['insert', ['V1 film.file 0–20', 'V1 film.file 20–60', 'V1 film.file 60–140']],
    ] as const) {
      const to = sampleProject();
      const { timelineId, assets } = to;
      apply(to.project, 'there', [
        { type: 'clip.append', timelineId, assetId: assets.film, out: '100f' },
      ]);
      apply(to.project, 'paste', [paste(timelineId, clipboard, { at: '20f', mode })]);
      expect(shown(to).filter((line) => line.startsWith('V1'))).toEqual(after);
    }
  });

  test('finds tracks by kind and place, makes what is missing, and takes named ones', () => {
    const film = filmed();
    apply(film.project, 'above', [
      { type: 'track.add', timelineId: film.timelineId, trackKind: 'video', trackId: 'v2' },
      {
        type: 'clip.overwrite',
        timelineId: film.timelineId,
        assetId: film.assets.still,
        at: 0,
        out: '9f',
        videoTrackId: 'v2',
        clipIds: ['top'],
      },
    ]);
    const clipboard = copyItems(film.project, ['top']);
    const to = sampleProject();
    apply(to.project, 'made', [paste(to.timelineId, clipboard)]);
    expect(shown(to)).toEqual(['V2 still.file 0–9']);
    apply(to.project, 'again', [paste(to.timelineId, clipboard, { at: '20f' })]);
    apply(to.project, 'named', [
      paste(to.timelineId, clipboard, { at: '40f', trackIds: [to.videoTrackId] }),
    ]);
    expect(shown(to)).toEqual(['V1 still.file 40–49', 'V2 still.file 0–9', 'V2 still.file 20–29']);
    expect(to.project.tracksOf(to.timelineId)).toHaveLength(3);
  });

  test.each([rate(24), rate(30000, 1001), rate(60), rate(12)])(
    'at %o clips still touch and begin with the same picture',
    (target) => {
      const film = filmed();
      const to = sampleProject(target);
      apply(to.project, 'paste', [paste(to.timelineId, copyItems(film.project, ['a', 'b']))]);
      const [a, b] = to.project.itemsOn(to.videoTrackId) as Clip[];
      expect(itemEnd(a as Clip)).toBe(itemStart(b as Clip));
      expect(itemEnd(a as Clip) % frameDuration(target)).toBe(0);
      expect(Math.abs(itemEnd(a as Clip) - 40 * 28_224_000)).toBeLessThanOrEqual(
        frameDuration(target) / 2,
      );
      expect(a?.sourceRange.in).toBe(100 * 28_224_000);
      expect(b?.sourceRange.in).toBe(200 * 28_224_000);
      expect(to.project.all('transition')).toHaveLength(2);
    },
  );

  test.each([rate(24), rate(30000, 1001), rate(60), rate(12)])(
    'at %o a row of short clips stays a row',
    (target) => {
      const from = sampleProject();
      const { timelineId, assets } = from;
      const part = { timelineId, assetId: assets.film, in: '100f', out: '113f' } as const;
      const ids = ['a', 'b', 'c', 'd'];
      apply(
        from.project,
        'row',
        ids.map((id) => ({ type: 'clip.append' as const, ...part, clipIds: [id, `${id}-sound`] })),
      );
      const to = sampleProject(target);
      apply(to.project, 'paste', [paste(to.timelineId, copyItems(from.project, ids))]);
      const row = to.project.itemsOn(to.videoTrackId);
      expect(row).toHaveLength(4);
      expect(row.slice(1).map(itemStart)).toEqual(row.slice(0, -1).map(itemEnd));
    },
  );

  test('what is shorter than half a frame is left out, and said so', () => {
    const fast = sampleProject(rate(120));
    const { timelineId, assets } = fast;
    apply(fast.project, 'clips', [
      { type: 'clip.append', timelineId, assetId: assets.still, out: '1f', clipIds: ['tiny'] },
      { type: 'clip.append', timelineId, assetId: assets.still, out: '120f', clipIds: ['long'] },
    ]);
    const slow = sampleProject(rate(24));
    const [outcome] = apply(slow.project, 'p', [
      paste(slow.timelineId, copyItems(fast.project, ['tiny', 'long'])),
    ]).outcomes;
    expect(outcome?.['leftOut']).toBe(1);
    expect(shown(slow)).toEqual(['V1 still.file 0–24']);
    expect(
      refusalOf(slow.project, [paste(slow.timelineId, copyItems(fast.project, ['tiny']))]),
    ).toBe('edit/nothing-to-paste');
  });

  test('refuses tracks of another kind, locked ones, and times that are none', () => {
    const film = filmed();
    const clipboard = copyItems(film.project, ['a']);
    const { project, timelineId, videoTrackId } = sampleProject();
    const other = apply(project, 'other', [
      {
        type: 'timeline.create',
        name: 'Other',
        format: { frameRate: rate(25), width: 640, height: 360, sampleRateHz: 48_000 },
      },
    ]).outcomes[0];
    expect(
      refusalOf(project, [paste(timelineId, clipboard, { trackIds: [other?.['videoTrackId']] })]),
    ).toBe('edit/wrong-track');
    expect(refusalOf(project, [paste(timelineId, clipboard, { at: '-1f' })])).toBe('edit/bad-time');
    apply(project, 'lock', [{ type: 'track.set', trackId: videoTrackId, locked: true }]);
    expect(refusalOf(project, [paste(timelineId, clipboard)])).toBe('edit/track-locked');
  });
});

describe('nested timelines', () => {
  /** The film inside a clip of another timeline, `outer`, with a marker on its beginning. */
  function nesting() {
    const film = filmed();
    const made = film.project.apply([
      { object: 'outer', register: 'kind', value: 'timeline' },
      { object: 'outer', register: 'name', value: 'Outer' },
      {
        object: 'outer',
        register: 'format',
        value: { frameRate: { num: 25, den: 1 }, width: 640, height: 360, sampleRateHz: 48_000 },
      },
      { object: 'outer-v', register: 'kind', value: 'track' },
      { object: 'outer-v', register: 'timelineId', value: 'outer' },
      { object: 'outer-v', register: 'trackKind', value: 'video' },
      { object: 'outer-v', register: 'order', value: 'a0' },
      { object: 'outer-v', register: 'name', value: 'V1' },
      { object: 'nest', register: 'kind', value: 'clip' },
      { object: 'nest', register: 'name', value: 'Film' },
      { object: 'nest', register: 'placement', value: { trackId: 'outer-v', start: 0 } },
      { object: 'nest', register: 'sourceRange', value: { in: 0, out: 80 * 28_224_000 } },
      { object: 'nest', register: 'nestedTimelineId', value: film.timelineId },
      { object: 'mark', register: 'kind', value: 'marker' },
      { object: 'mark', register: 'ownerId', value: film.timelineId },
      { object: 'mark', register: 'span', value: { time: 0, duration: 0 } },
      { object: 'mark', register: 'markerKind', value: 'chapter' },
      { object: 'mark', register: 'name', value: 'Opening' },
    ]);
    expect(made.length).toBeGreaterThan(0);
    return film;
  }

  test('come along whole as copies', () => {
    const film = nesting();
    const to = sampleProject();
    apply(to.project, 'setup2', [
      {
        type: 'timeline.create',
        name: 'Target',
        timelineId: 'target',
        format: { frameRate: rate(30), width: 640, height: 360, sampleRateHz: 48_000 },
      },
    ]);
    const clipboard = copyItems(film.project, ['nest']);
    // Another project has no timeline with this id.
    const renamed = JSON.parse(
      JSON.stringify(clipboard).replaceAll('"timeline"', '"film-timeline"'),
    ) as unknown;
    const [outcome] = apply(to.project, 'paste', [paste('target', renamed)]).outcomes;
    const [copyId] = outcome?.['timelineIds'] as string[];
    expect(shown({ project: to.project, timelineId: copyId ?? '' })).toEqual(shown(film));
    expect(to.project.find('timeline', copyId ?? '')).toMatchObject({
      name: 'Film',
      format: { frameRate: rate(25) },
    });
    expect(to.project.markersOf(copyId ?? '').map(({ name }) => name)).toEqual(['Opening']);
    expect(to.project.all('transition')).toHaveLength(2);
  });

  test('within a project show the same timeline', () => {
    const { project } = nesting();
    apply(project, 'paste', [paste('outer', copyItems(project, ['nest']), { at: '100f' })]);
    expect(project.nestsOf('timeline')).toHaveLength(2);
    expect(project.all('timeline')).toHaveLength(2);
  });

  test('pasted into themselves become copies, so that nothing contains itself', () => {
    const { project, timelineId } = nesting();
    apply(project, 'paste', [paste(timelineId, copyItems(project, ['nest']), { at: '100f' })]);
    const inside = itemsIn(project, timelineId).flatMap((item) =>
      item.kind === 'clip' ? (item.nestedTimelineId ?? []) : [],
    );
    expect(inside).toHaveLength(1);
    expect(inside).not.toContain(timelineId);
    expect(project.all('timeline')).toHaveLength(3);
  });
});

describe('hostile clipboards', () => {
  const changed = (change: (clipboard: Clipboard) => unknown) => () => {
    const film = filmed();
    const clipboard = copyItems(film.project, ['a', 'b', film.titleId]);
    return change(clipboard) ?? clipboard;
  };
  /** The clipboard with other registers of its first clip. */
  const firstWith = (patch: (clip: Clip) => object) =>
    changed((clipboard) => {
      const [first, ...others] = clipboard.main.items;
      const items = first?.kind === 'clip' ? [{ ...first, ...patch(first) }, ...others] : [];
      return { ...clipboard, main: { ...clipboard.main, items } };
    });
  const startingAt = (start: number) =>
    firstWith(({ placement }) => ({ placement: { ...placement, start } }));
  const circle: Record<string, unknown> = { format: 'inkreel/clipboard', version: 1 };
  circle['main'] = circle;
  const nestedIn = (id: string, inside: string) => ({
    id,
    name: id,
    format: { frameRate: rate(25), width: 640, height: 360, sampleRateHz: 48_000 },
    transitions: [],
    markers: [],
    tracks: [{ id: `${id}-v`, trackKind: 'video', name: 'V1', position: 0 }],
    items: [
      {
        id: `${id}-clip`,
        kind: 'clip',
        name: '',
        placement: { trackId: `${id}-v`, start: 0 },
        sourceRange: { in: 0, out: 28_224_000 },
        nestedTimelineId: inside,
      },
    ],
  });

  test.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['text', () => 'inkreel/clipboard'],
    ['another version', changed((c) => ({ ...c, version: 2 }))],
    ['itself inside', () => circle],
    [
      'ten million items',
      changed((c) => ({ ...c, main: { ...c.main, items: new Array(10_000_000).fill(0) } })),
    ],
    ['no items', changed((c) => ({ ...c, main: { ...c.main, items: [] } }))],
    ['NaN', startingAt(Number.NaN)],
    ['an endless time', startingAt(Number.POSITIVE_INFINITY)],
    ['a time before zero', startingAt(-28_224_000)],
    ['a fraction of a flick', startingAt(0.5)],
    [
      'no length',
      firstWith(({ sourceRange }) => ({
        sourceRange: { in: sourceRange.in, out: sourceRange.in },
      })),
    ],
    ['a range backwards', firstWith(() => ({ sourceRange: { in: 9, out: 3 } }))],
    [
      'more than the media has',
      firstWith(() => ({ sourceRange: { in: 3600 * 705_600_000, out: 3602 * 705_600_000 } })),
    ],
    [
      'overlapping items',
      changed((c) => {
        for (const item of c.main.items) item.placement.start = ZERO;
      }),
    ],
    [
      'an unknown track',
      firstWith(({ placement }) => ({ placement: { ...placement, trackId: 'nowhere' } })),
    ],
    ['an unknown asset', firstWith(() => ({ assetId: 'nowhere' }))],
    ['an asset and a timeline', firstWith(() => ({ nestedTimelineId: 'nowhere' }))],
    [
      'sound of a picture',
      changed((c) => {
        for (const { facts } of c.assets) facts.streams = [];
        for (const { identity } of c.assets) identity.hash = 'new';
      }),
    ],
    [
      'a title on a picture track',
      changed((c) => {
        for (const track of c.main.tracks)
          if (track.trackKind === 'graphics') track.trackKind = 'video';
      }),
    ],
    [
      'word times of another text',
      changed((c) => {
        const [title] = c.main.items.filter(({ kind }) => kind === 'graphic');
        const words = [{ text: 'One', start: 0, end: 10 }];
        const cue = { ...title, kind: 'cue', text: 'Two', words };
        const tracks = c.main.tracks.map((track) =>
          track.trackKind === 'graphics' ? { ...track, trackKind: 'caption' } : track,
        );
        const items = c.main.items.map((item) => (item === title ? cue : item));
        return { ...c, main: { ...c.main, tracks, items } };
      }),
    ],
    [
      'two things with one id',
      changed((c) => {
        for (const item of c.main.items) Object.assign(item, { id: 'same' });
      }),
    ],
    [
      'a transition without a cut',
      changed((c) => {
        for (const { cut } of c.main.transitions) cut.incomingId = cut.outgoingId;
      }),
    ],
    [
      'a transition backwards',
      changed((c) => {
        for (const { reach } of c.main.transitions) reach.before = flicks(-28_224_000);
      }),
    ],
    ['an opacity of 7', firstWith(() => ({ opacity: 7 }))],
    [
      'keyframes out of order',
      firstWith(() => ({
        opacity: { keyframes: [2, 1].map((time) => ({ time, value: 0, easing: 'linear' })) },
      })),
    ],
    [
      'a frame rate of a million',
      changed((c) => {
        c.main.format.frameRate = rate(1_000_000);
      }),
    ],
    [
      'a timeline inside itself',
      changed((c) => ({ ...c, timelines: [nestedIn('x', 'y'), nestedIn('y', 'x')] })),
    ],
    ['deep nonsense', () => JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown],
  ])('%s is refused, and nothing changes', (_what, make) => {
    const { project, timelineId } = sampleProject();
    const before = JSON.stringify(project.snapshot());
    expect(refusalOf(project, [paste(timelineId, make())])).toBe('edit/bad-clipboard');
    expect(JSON.stringify(project.snapshot())).toBe(before);
  });

  test('the one they were made from is not', () => {
    const { project, timelineId } = sampleProject();
    expect(refusalOf(project, [paste(timelineId, changed(() => undefined)())])).toBeNull();
  });
});

describe('clip.pasteAttributes', () => {
  test('gives a clip what another has, each half from its own', () => {
    const film = filmed();
    apply(film.project, 'gain', [{ type: 'clip.setGain', clipId: 'a', gainDb: -6 }]);
    const clipboard = copyItems(film.project, ['a']);
    const which = ['parameters', 'effects', 'fades'] as const;
    apply(film.project, 'paste', [
      { type: 'clip.pasteAttributes', clipIds: ['b'], clipboard, which: [...which] },
    ]);
    const [a, b] = [film.project.find('clip', 'a'), film.project.find('clip', 'b')];
    expect(b).toMatchObject({ opacity: a?.opacity, fades: a?.fades });
    expect(b?.effects?.map(({ effect, parameters }) => ({ effect, parameters }))).toEqual([
      { effect: 'blur', parameters: { radius: 0.1 } },
    ]);
    expect(film.project.find('clip', 'b-sound')?.gainDb).toBe(-6);
  });

  test('takes only the parameters that are named', () => {
    const film = filmed();
    apply(film.project, 'more', [
      { type: 'clip.setParameters', clipIds: ['a'], parameters: { rotation: 30 } },
    ]);
    const clipboard = copyItems(film.project, ['a']);
    apply(film.project, 'paste', [
      {
        type: 'clip.pasteAttributes',
        clipIds: ['b'],
        clipboard,
        which: ['parameters'],
        parameters: ['rotation'],
      },
    ]);
    expect(film.project.find('clip', 'b')).toMatchObject({ rotation: 30 });
    expect(film.project.find('clip', 'b')).not.toHaveProperty('opacity');
  });

  test('a speed keeps place, length and first moment, and needs media', () => {
    const film = filmed();
    const clipboard = copyItems(film.project, ['a']);
    const withSpeed = (num: number): Clipboard => {
      for (const item of clipboard.main.items) {
        if (item.kind !== 'clip') continue;
        const { in: from } = item.sourceRange;
        const duration = flicks(40 * 28_224_000);
        const retime = { kind: 'constant', duration, speed: { num, den: 1 } } as const;
        Object.assign(item, { sourceRange: { in: from, out: from + duration * num, retime } });
      }
      return clipboard;
    };
    const speed = (num: number) => ({
      type: 'clip.pasteAttributes' as const,
      clipIds: ['b'],
      clipboard: withSpeed(num),
      which: ['speed' as const],
    });
    apply(film.project, 'twice', [speed(2)]);
    for (const id of ['b', 'b-sound']) {
      expect(film.project.find('clip', id)?.sourceRange).toMatchObject({
        in: 200 * 28_224_000,
        out: 260 * 28_224_000,
        retime: { speed: { num: 2 } },
      });
    }
    expect(shown(film)).toContain('V1 film.file 50–80');
    expect(refusalOf(film.project, [speed(50)])).toBe('edit/beyond-media');
  });

  test('refuses where nothing fits', () => {
    const film = filmed();
    const clipboard = copyItems(film.project, [film.titleId]);
    expect(
      refusalOf(film.project, [
        { type: 'clip.pasteAttributes', clipIds: ['b'], clipboard, which: ['effects'] },
      ]),
    ).toBe('edit/nothing-to-paste');
  });
});

describe('copying', () => {
  test('refuses what is gone, of two timelines, or nothing', () => {
    const film = filmed();
    const codeOf = (ids: string[]) => {
      const copied = settle(() => copyItems(film.project, ids));
      return copied.ok ? null : copied.error.code;
    };
    expect(codeOf(['nothing'])).toBe('edit/no-such-item');
    expect(codeOf([])).toBe('edit/nothing-to-copy');
    const { assets } = film;
    const format = { frameRate: rate(25), width: 640, height: 360, sampleRateHz: 48_000 };
    apply(film.project, 'other', [
      { type: 'timeline.create', name: 'Other', timelineId: 'other', format },
      { type: 'clip.append', timelineId: 'other', assetId: assets.film, clipIds: ['elsewhere'] },
    ]);
    expect(codeOf(['a', 'elsewhere'])).toBe('edit/several-timelines');
  });

  test('takes along a marker of a still picture that was trimmed off its head', () => {
    const { project, timelineId, assets } = sampleProject();
    apply(project, 'still', [
      { type: 'clip.append', timelineId, assetId: assets.still, clipIds: ['still'] },
      { type: 'marker.add', ownerId: 'still', at: '5f', name: 'Here' },
      { type: 'clip.trim', clipId: 'still', edge: 'head', to: '20f' },
    ]);
    const to = sampleProject();
    apply(to.project, 'paste', [paste(to.timelineId, copyItems(project, ['still']))]);
    const [clip] = to.project.itemsOn(to.videoTrackId);
    apply(to.project, 'trim', [
      { type: 'clip.trim', clipId: clip?.id ?? '', edge: 'tail', to: '30f' },
    ]);
    expect(to.project.markersOf(clip?.id ?? '')).toMatchObject([
      { name: 'Here', span: { time: -15 * 28_224_000 } },
    ]);
  });

  test('keeps markers of clips', () => {
    const film = filmed();
    film.project.apply([
      { object: 'm', register: 'kind', value: 'marker' },
      { object: 'm', register: 'ownerId', value: 'a' },
      { object: 'm', register: 'span', value: { time: 110 * 28_224_000, duration: 0 } },
      { object: 'm', register: 'markerKind', value: 'to-do' },
      { object: 'm', register: 'name', value: 'Here' },
    ]);
    const to = sampleProject();
    apply(to.project, 'paste', [paste(to.timelineId, copyItems(film.project, ['a']))]);
    const [clip] = to.project.itemsOn(to.videoTrackId);
    expect(to.project.markersOf(clip?.id ?? '')).toMatchObject([
      { name: 'Here', span: { time: 110 * 28_224_000 } },
    ]);
  });
});
