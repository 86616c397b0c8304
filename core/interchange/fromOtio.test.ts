import { describe, expect, test } from 'vitest';
import {
  clip,
  dissolve,
  fileOf,
  gap,
  media,
  range,
  rational,
  timeline,
  track,
} from '#tests/interchange/otioObjects.ts';
import { settle } from '../fault.ts';
import { FLICKS_PER_SECOND } from '../time/flicks.ts';
import { readOtio } from './fromOtio.ts';
import { interchangeDuration } from './interchangeTimeline.ts';

const FRAME = FLICKS_PER_SECOND / 24;

/** The items of the first track in frames of 24 fps. */
function itemsOf(text: string) {
  return readOtio(text).timeline.tracks[0]?.items.map((item) =>
    item.kind === 'gap'
      ? { gap: item.duration / FRAME }
      : { clip: item.name, in: item.sourceRange.in / FRAME, out: item.sourceRange.out / FRAME },
  );
}

const lossesOf = (text: string) => readOtio(text).losses.map((loss) => loss.code);

function refusal(text: string): string | null {
  const result = settle(() => readOtio(text));
  return result.ok ? null : result.error.code;
}

describe('a timeline', () => {
  test('has the clips and gaps of its tracks, in time from the first frame of the file', () => {
    const text = fileOf([
      gap(12),
      clip('A', range(100, 48)),
      // Media that starts at time code 01:00:00:00.
      clip('B', range(86_410, 24), {
        media_references: { DEFAULT_MEDIA: media('b.mov', range(86_400, 100)) },
      }),
      clip('C', null, { media_references: { DEFAULT_MEDIA: media('c.mov', range(500, 30)) } }),
    ]);
    expect(itemsOf(text)).toEqual([
      { gap: 12 },
      { clip: 'A', in: 100, out: 148 },
      { clip: 'B', in: 10, out: 34 },
      { clip: 'C', in: 0, out: 30 },
    ]);
    expect(lossesOf(text)).toEqual([]);
  });

  test('of the early format is read too', () => {
    const text = JSON.stringify(
      timeline([
        {
          OTIO_SCHEMA: 'Sequence.1',
          name: 'V1',
          children: [
            { OTIO_SCHEMA: 'Filler.1', source_range: range(0, 10) },
            {
              OTIO_SCHEMA: 'Clip.1',
              name: 'A',
              source_range: range(5, 20),
              media_reference: media('a.mov'),
            },
          ],
        },
      ]),
    );
    expect(itemsOf(text)).toEqual([{ gap: 10 }, { clip: 'A', in: 5, out: 25 }]);
  });

  test('uses the media that is active', () => {
    const text = fileOf([
      clip('A', range(0, 10), {
        media_references: { DEFAULT_MEDIA: media('proxy.mov'), full: media('full.mov') },
        active_media_reference_key: 'full',
      }),
    ]);
    expect(readOtio(text).timeline.tracks[0]?.items[0]).toMatchObject({ mediaUrl: 'full.mov' });
  });

  test('has picture before sound, with muted tracks', () => {
    const text = JSON.stringify(
      timeline([
        track([clip('S', range(0, 10))], { name: 'A1', kind: 'Audio', enabled: false }),
        track([clip('P', range(0, 10))]),
      ]),
    );
    expect(readOtio(text).timeline.tracks).toMatchObject([
      { kind: 'video', name: 'V1', muted: false },
      { kind: 'audio', name: 'A1', muted: true },
    ]);
  });

  test('trimmed by its track or stack is read as it plays', () => {
    const children = [clip('A', range(0, 10)), dissolve(2, 2), clip('B', range(5, 10)), gap(5)];
    const trimmed = (source_range: unknown) =>
      JSON.stringify(timeline([track(children, { source_range })]));
    expect(itemsOf(trimmed(range(4, 10)))).toEqual([
      { clip: 'A', in: 4, out: 10 },
      { clip: 'B', in: 5, out: 9 },
    ]);
    expect(readOtio(trimmed(range(4, 10))).timeline.tracks[0]?.transitions).toHaveLength(1);
    expect(itemsOf(trimmed(range(10, 30)))).toEqual([{ clip: 'B', in: 5, out: 15 }, { gap: 20 }]);
    expect(readOtio(trimmed(range(10, 30))).timeline.tracks[0]?.transitions).toEqual([]);
    expect(itemsOf(trimmed(range(-3, 5)))).toEqual([{ gap: 3 }, { clip: 'A', in: 0, out: 2 }]);
    const stack = timeline([track(children)]);
    Object.assign(stack['tracks'] as object, { source_range: range(8, 4) });
    expect(itemsOf(JSON.stringify(stack))).toEqual([
      { clip: 'A', in: 8, out: 10 },
      { clip: 'B', in: 5, out: 7 },
    ]);
  });

  test('in a collection is found', () => {
    const one = {
      OTIO_SCHEMA: 'SerializableCollection.1',
      children: [JSON.parse(fileOf([clip('A', range(0, 10))]))],
    };
    expect(readOtio(JSON.stringify(one)).losses).toEqual([]);
    one.children.push(JSON.parse(fileOf([])));
    expect(lossesOf(JSON.stringify(one))).toEqual(['interchange/collection']);
  });

  test('may begin with a byte order mark and have fields nobody knows', () => {
    const text = fileOf([clip('A', range(0, 10), { colour: { of: 'magic' }, metadata: null })]);
    expect(itemsOf(`\uFEFF${text}`)).toHaveLength(1);
  });
});

describe('the edit rate', () => {
  const rateOf = (text: string) => readOtio(text).timeline.frameRate;

  test.each([
    [23.976, 24000, 1001],
    [23.976023976023978, 24000, 1001],
    [23.98, 24000, 1001],
    [29.97, 30000, 1001],
    [59.94, 60000, 1001],
    [25, 25, 1],
  ])('%f', (decimal, num, den) => {
    expect(rateOf(fileOf([clip('A', range(0, 10, decimal))]))).toEqual({ num, den });
  });

  test('is the one that most picture clips are counted in', () => {
    const sound = track(
      [1, 2, 3].map(() => clip('S', range(0, 48_000, 48_000))),
      { kind: 'Audio' },
    );
    const picture = track([
      clip('A', range(0, 10, 30)),
      clip('B', range(0, 10, 25)),
      clip('C', range(0, 10, 25)),
    ]);
    expect(rateOf(JSON.stringify(timeline([sound, picture])))).toEqual({ num: 25, den: 1 });
    const decimals = [30, 30, 23.976, 23.98, 23.976023976023978];
    const mixed = fileOf(decimals.map((decimal) => clip('A', range(0, 10, decimal))));
    expect(rateOf(mixed)).toEqual({ num: 24000, den: 1001 });
  });

  test('is else that of the start time, else the fallback, which is said', () => {
    expect(rateOf(fileOf([gap(10)], { global_start_time: rational(0, 30) }))).toEqual({
      num: 30,
      den: 1,
    });
    expect(
      rateOf(fileOf([clip('A', range(0, 1000, 1000))], { global_start_time: rational(0, 50) })),
    ).toEqual({
      num: 50,
      den: 1,
    });
    const reading = readOtio(fileOf([]), { fallbackRate: { num: 25, den: 1 } });
    expect(reading.timeline.frameRate).toEqual({ num: 25, den: 1 });
    expect(reading.losses.map((loss) => loss.code)).toEqual(['interchange/no-frame-rate']);
  });
});

describe('transitions', () => {
  const read = (children: unknown[]) => {
    const { timeline: result, losses } = readOtio(fileOf(children));
    return {
      transitions: result.tracks[0]?.transitions.map(({ afterItemIndex, before, after }) => [
        afterItemIndex,
        before / FRAME,
        after / FRAME,
      ]),
      losses: losses.map((loss) => loss.code),
    };
  };
  const a = clip('A', range(0, 50));

  test('keep how far they reach before and after the cut', () => {
    expect(read([gap(5), a, dissolve(2, 3), a, dissolve(0, 7), a])).toEqual({
      transitions: [
        [1, 2, 3],
        [2, 0, 7],
      ],
      losses: [],
    });
  });

  test('of other kinds become dissolves, which is said', () => {
    expect(
      read([a, dissolve(2, 2, { transition_type: 'Custom_Transition', name: 'Wipe' }), a]),
    ).toEqual({
      transitions: [[0, 2, 2]],
      losses: ['interchange/transition-kind'],
    });
  });

  test('that do not join two clips are left out, which is said', () => {
    const lost = { transitions: [], losses: ['interchange/transition-place'] };
    expect(read([dissolve(2, 2), a])).toEqual(lost);
    expect(read([a, dissolve(2, 2)])).toEqual(lost);
    expect(read([a, dissolve(2, 2), gap(5), a])).toEqual(lost);
    expect(read([gap(5), dissolve(2, 2), a])).toEqual(lost);
    // A fade to black through a gap of no length does not become a dissolve between the clips.
    expect(read([a, dissolve(2, 0), gap(0), a])).toEqual(lost);
    expect(read([a, dissolve(2, 2), clip('off', range(0, 0)), a]).transitions).toEqual([]);
  });
});

describe('what cannot be kept is reported, and the rest keeps its time', () => {
  const a = clip('A', range(0, 10));
  const nested = (children: unknown[], more = {}) => ({
    OTIO_SCHEMA: 'Stack.1',
    children,
    ...more,
  });

  test.each([
    [
      'an unknown object',
      { OTIO_SCHEMA: 'Hologram.4', source_range: range(0, 6) },
      6,
      'interchange/unknown-object',
    ],
    ['something without a schema', { name: 'x' }, 0, 'interchange/unknown-object'],
    ['a clip without a length', clip('?', null), 0, 'interchange/no-range'],
    ['a clip of no length', clip('0', range(5, 0)), 0, 'interchange/empty-clip'],
  ])('%s', (_, object, frames, code) => {
    const text = fileOf([a, object, a]);
    const items = readOtio(text).timeline.tracks[0]?.items ?? [];
    expect(items.reduce((sum, item) => sum + interchangeDuration(item), 0) / FRAME).toBe(
      20 + frames,
    );
    expect(items.filter((item) => item.kind === 'clip')).toHaveLength(2);
    expect(lossesOf(text)).toEqual([code]);
  });

  test.each([
    [
      'a speed without end',
      { effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 1e308 }] },
      'interchange/speed',
    ],
    ['an unknown speed', { effects: [{ OTIO_SCHEMA: 'TimeEffect.1' }] }, 'interchange/speed'],
    [
      'an effect',
      { effects: [{ OTIO_SCHEMA: 'Effect.1', effect_name: 'Blur' }] },
      'interchange/effect',
    ],
    ['a marker', { markers: [{ OTIO_SCHEMA: 'Marker.2', color: 'RED' }] }, 'interchange/marker'],
    [
      'notes of a program',
      { metadata: { Resolve_OTIO: { 'Link Group ID': 1 } } },
      'interchange/metadata',
    ],
    [
      'generated media',
      { media_references: { DEFAULT_MEDIA: { OTIO_SCHEMA: 'GeneratorReference.1' } } },
      'interchange/media-kind',
    ],
    ['a newer version', { OTIO_SCHEMA: 'Clip.9' }, 'interchange/newer-version'],
  ])('%s', (_, more, code) => {
    const text = fileOf([clip('A', range(0, 10), more)]);
    expect(itemsOf(text)).toEqual([{ clip: 'A', in: 0, out: 10 }]);
    expect(lossesOf(text)).toEqual([code]);
  });

  test('missing media leaves a clip without a URL', () => {
    for (const reference of [null, { OTIO_SCHEMA: 'MissingReference.1' }]) {
      const text = fileOf([
        clip('A', range(0, 10), { media_references: { DEFAULT_MEDIA: reference } }),
      ]);
      expect(readOtio(text).timeline.tracks[0]?.items[0]).toMatchObject({ mediaUrl: null });
      expect(lossesOf(text)).toEqual([]);
    }
  });

  test('a start time code, other kinds of tracks, things that are no tracks', () => {
    const text = JSON.stringify(
      timeline([track([a]), track([a], { kind: 'Subtitle' }), nested([track([a])])], {
        global_start_time: rational(86_400),
      }),
    );
    expect(readOtio(text).timeline.tracks).toHaveLength(1);
    expect(lossesOf(text)).toEqual([
      'interchange/track-kind',
      'interchange/not-a-track',
      'interchange/start-time',
    ]);
  });
});

describe('a timeline in the place of a clip', () => {
  const a = clip('A', range(0, 10));
  const stack = (children: unknown[], more = {}) => ({ OTIO_SCHEMA: 'Stack.1', children, ...more });
  const read = (object: unknown) => {
    const { timeline: made, losses } = readOtio(fileOf([a, object, a]));
    const nest = made.tracks[0]?.items[1];
    if (nest?.kind !== 'clip') throw new Error('Not a clip');
    const inside = made.nested?.get(nest.nested ?? '')?.tracks.map((each) => each.items.length);
    const { in: first, out } = nest.sourceRange;
    return { inside, used: [first / FRAME, out / FRAME], losses: losses.map(({ code }) => code) };
  };

  test('is kept with its tracks, as long as its longest', () => {
    expect(read(stack([track([gap(7), a]), track([a])]))).toEqual({
      inside: [2, 1],
      used: [0, 17],
      losses: [],
    });
  });

  test('keeps the part that is used of it', () => {
    expect(read(stack([track([a])], { source_range: range(2, 3) }))).toMatchObject({
      inside: [1],
      used: [2, 5],
    });
  });

  test('may be a single track', () => {
    expect(read(track([a, dissolve(1, 1), a]))).toEqual({ inside: [2], used: [0, 20], losses: [] });
  });

  test('is left out where too many lie in each other', () => {
    let inner: unknown = a;
    for (let depth = 0; depth < 25; depth++) inner = stack([track([inner])]);
    expect(lossesOf(fileOf([a, inner]))).toEqual(['interchange/nested']);
  });
});

describe('clips', () => {
  const itemOf = (more: Record<string, unknown>) => {
    const [item] =
      readOtio(fileOf([clip('A', range(10, 12), more)])).timeline.tracks[0]?.items ?? [];
    return item;
  };
  const warp = (name: string, time_scalar?: number) => ({
    effects: [{ OTIO_SCHEMA: `${name}.1`, effect_name: name, time_scalar }],
  });

  test.each([
    ['twice as fast', warp('LinearTimeWarp', 2), [10, 34], { num: 2, den: 1 }],
    ['slower', warp('LinearTimeWarp', 1 / 3), [10, 14], { num: 1, den: 3 }],
    ['backwards', warp('LinearTimeWarp', -1), [10, 22], { num: -1, den: 1 }],
    ['frozen', warp('FreezeFrame'), [10, 10], { num: 0, den: 1 }],
  ])('%s play what the format says', (_, more, [first = 0, last = 0], speed) => {
    expect(itemOf(more)).toMatchObject({
      sourceRange: {
        in: first * FRAME,
        out: last * FRAME,
        retime: { kind: 'constant', duration: 12 * FRAME, speed },
      },
    });
  });

  test('that are switched off keep their place', () => {
    expect(itemOf({ enabled: false })).toMatchObject({ disabled: true });
  });

  test('have markers in time of their media', () => {
    const marker = {
      OTIO_SCHEMA: 'Marker.2',
      name: 'Look',
      color: 'CYAN',
      comment: 'Here',
      marked_range: range(15, 2),
    };
    const text = fileOf([clip('A', range(10, 12), { markers: [marker] })]);
    expect(readOtio(text).timeline.tracks[0]?.items[0]).toMatchObject({
      markers: [
        { time: 15 * FRAME, duration: 2 * FRAME, name: 'Look', note: 'Here', color: 'blue' },
      ],
    });
    expect(lossesOf(text)).toEqual(['interchange/marker-color']);
  });
});

describe('hostile and broken files are refused', () => {
  const a = clip('A', range(0, 10));
  const half = fileOf([a]).slice(0, 200);

  test.each([
    ['nothing', '', 'not-otio'],
    ['text', 'TITLE: an EDL', 'not-otio'],
    ['other JSON', '{"fcpxml":1}', 'not-otio'],
    ['a number', '42', 'not-otio'],
    ['null', 'null', 'not-otio'],
    ['another object', JSON.stringify(a), 'not-otio'],
    ['an empty collection', '{"OTIO_SCHEMA":"SerializableCollection.1","children":[]}', 'not-otio'],
    ['half a file', half, 'malformed'],
    ['not a number', fileOf([a]).replace('"value":10', '"value":NaN'), 'malformed'],
    ['infinity', fileOf([a]).replace('"value":10', '"value":1e999'), 'malformed'],
    ['a time beyond all', fileOf([clip('A', range(0, 1e308))]), 'malformed'],
    ['a start beyond all', fileOf([clip('A', range(-1e308, 5))]), 'malformed'],
    ['text for a time', fileOf([a]).replace('"value":10', '"value":"10"'), 'malformed'],
    ['a negative length', fileOf([clip('A', range(0, -1))]), 'malformed'],
    ['a negative gap', fileOf([gap(-1)]), 'malformed'],
    ['a negative dissolve', fileOf([a, dissolve(-1, 2), a]), 'malformed'],
    ['a rate of nothing', fileOf([clip('A', range(0, 10, 0))]), 'malformed'],
    ['a negative rate', fileOf([clip('A', range(0, 10, -24))]), 'malformed'],
    ['no tracks', JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', name: 'x' }), 'malformed'],
    [
      'tracks that are none',
      JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', tracks: [1] }),
      'malformed',
    ],
    ['more than 30 days', fileOf([gap(20 * 86_400, 1), gap(20 * 86_400, 1)]), 'malformed'],
    [
      'a hundred times 30 days',
      fileOf(Array.from({ length: 100 }, () => gap(30 * 86_400, 1))),
      'malformed',
    ],
  ])('%s', (_, text, code) => {
    expect(refusal(text)).toBe(`interchange/${code}`);
  });

  test('a track that is trimmed to a short part of many years', () => {
    const years = track(
      Array.from({ length: 100 }, () => gap(30 * 86_400, 1)),
      {
        source_range: range(0, 10),
      },
    );
    expect(refusal(JSON.stringify(timeline([years])))).toBe('interchange/malformed');
  });

  test('nesting without end', () => {
    const deep = (open: string, close: string) =>
      `{"OTIO_SCHEMA":"Timeline.1","tracks":${open.repeat(100_000)}1${close.repeat(100_000)}}`;
    expect(refusal(deep('[', ']'))).toBe('interchange/malformed');
    expect(refusal(deep('{"OTIO_SCHEMA":"Stack.1","children":[', ']}'))).toBe(
      'interchange/malformed',
    );
    expect(refusal(deep('{"metadata":', '}'))).toBe('interchange/malformed');
  });

  test('too many items, too much text', () => {
    const many = fileOf(Array.from({ length: 200_001 }, () => ({})));
    expect(refusal(many)).toBe('interchange/too-large');
    expect(refusal(' '.repeat(64 * 1024 * 1024 + 1))).toBe('interchange/too-large');
  });

  test('names of the language itself are only names', () => {
    const text = fileOf([
      clip('A', range(0, 10), { active_media_reference_key: '__proto__' }),
      clip('B', range(0, 10), { active_media_reference_key: 'constructor' }),
    ]).replace('"name":"A"', '"name":"A","__proto__":{"enabled":false}');
    expect(itemsOf(text)).toHaveLength(2);
  });
});
