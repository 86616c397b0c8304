import fc from 'fast-check';
import type {
  InterchangeClip,
  InterchangeItem,
  InterchangeMarker,
  InterchangeSequence,
  InterchangeTimeline,
  InterchangeTrack,
  InterchangeTransition,
} from '#core/interchange/interchangeTimeline.ts';
import { sequenceDuration } from '#core/interchange/interchangeTimeline.ts';
import {
  BLENDS,
  MARKER_COLORS,
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
} from '#core/model/entities.ts';
import type { Animated } from '#core/model/keyframes.ts';
import { curveRange, type SourceRange, sliceRange } from '#core/model/sourceRange.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { frameDuration, frameStart, type Rate, rate } from '#core/time/rate.ts';

/** The six frame rates that interchange is held to, those of two kinds with both. */
export const SIX_RATES: readonly (readonly [string, Rate])[] = [
  ['23.976', rate(24000, 1001)],
  ['24', rate(24)],
  ['25', rate(25)],
  ['29.97', rate(30000, 1001)],
  ['30', rate(30)],
  ['50', rate(50)],
  ['59.94', rate(60000, 1001)],
  ['60', rate(60)],
];

const MEDIA_LENGTH = flicks(3600 * FLICKS_PER_SECOND + 12_345);

const SPEEDS = [
  [1, 2],
  [2, 1],
  [1, 3],
  [-1, 1],
  [-1, 3],
  [7, 5],
  [0, 1],
  [999, 1000],
  [-12_345, 10_000],
] as const;

type Wish = {
  gap: number | null;
  name: string;
  url: string;
  first: number;
  offFrame: boolean;
  frames: number;
  speed: number | null;
  curve: readonly number[] | null;
  eased: boolean;
  reach: readonly [number, number] | null;
  kind: number;
  direction: (typeof TRANSITION_DIRECTIONS)[number] | null;
  looks: readonly (number | null)[];
  markers: readonly { at: number; long: number; kind: number; color: number | null }[];
  disabled: boolean;
  nest: boolean;
};

const name = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) =>
    text.toWellFormed().replaceAll(/[^ -\u{D7FF}\u{E000}-\u{FFFC}\u{10000}-\u{10FFFF}]/gu, ''),
  );

const wish: fc.Arbitrary<Wish> = fc.record({
  gap: fc.option(fc.integer({ min: 1, max: 2000 }), { freq: 3 }),
  name,
  url: fc.constantFrom('file:///x/a.mov', 'file:///x/Late%20night%20b.mov', 'file:///y/still.png'),
  first: fc.integer({ min: 0, max: 40_000 }),
  offFrame: fc.boolean(),
  frames: fc.integer({ min: 2, max: 2000 }),
  speed: fc.option(fc.nat(SPEEDS.length - 1), { freq: 2 }),
  curve: fc.option(fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 2, maxLength: 5 }), {
    freq: 1,
  }),
  eased: fc.boolean(),
  reach: fc.option(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 12 })), {
    freq: 2,
  }),
  kind: fc.nat(TRANSITION_KINDS.length * 2),
  direction: fc.option(fc.constantFrom(...TRANSITION_DIRECTIONS)),
  looks: fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 1 }), {
    minLength: 8,
    maxLength: 8,
  }),
  markers: fc.array(
    fc.record({
      at: fc.nat(100),
      long: fc.nat(40),
      kind: fc.nat(2),
      color: fc.option(fc.nat(MARKER_COLORS.length - 1)),
    }),
    { maxLength: 3 },
  ),
  disabled: fc.boolean(),
  nest: fc.boolean(),
});

const tracks = (kind: 'video' | 'audio') =>
  fc.array(
    fc.record({
      kind: fc.constant(kind),
      name,
      muted: fc.boolean(),
      wishes: fc.array(wish, { maxLength: 7, size: 'max' }),
    }),
    { maxLength: 3 },
  );

/** Timelines with everything that the neutral form can say, as a project would make them. */
export function richTimelines(frameRate: Rate): fc.Arbitrary<InterchangeTimeline> {
  return fc
    .record({
      name,
      video: tracks('video'),
      audio: tracks('audio'),
      inner: fc.array(wish, { minLength: 1, maxLength: 3 }),
      markers: fc.array(
        fc.record({
          at: fc.nat(5000),
          long: fc.nat(40),
          kind: fc.nat(2),
          color: fc.option(fc.nat(5)),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ name: title, video, audio, inner, markers }) => {
      const ids = counter();
      const format = { width: 1920, height: 1080, sampleRateHz: 48_000 };
      const innerTrack = trackOf(
        { kind: 'video', name: 'Inner', muted: false, wishes: inner },
        frameRate,
        { ids, nested: null },
      );
      const nested: InterchangeSequence = {
        name: 'Scene',
        frameRate,
        format,
        tracks: [innerTrack],
      };
      const made = [...video, ...audio].map((each) => trackOf(each, frameRate, { ids, nested }));
      const isNested = made.some(({ items }) =>
        items.some((item) => item.kind === 'clip' && item.nested !== undefined),
      );
      const own = markersOf(markers, frameDuration(frameRate), 'T');
      return {
        name: title,
        frameRate,
        format,
        linksAreKnown: true,
        tracks: made,
        ...(own.length === 0 ? {} : { markers: own }),
        ...(isNested ? { nested: new Map([['scene', nested]]) } : {}),
      };
    });
}

type Made = { ids: () => string; nested: InterchangeSequence | null };

function counter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `clip-${count}`;
  };
}

function lookOf(wished: Wish): Pick<InterchangeTransition, 'kind' | 'direction'> {
  const kind = TRANSITION_KINDS[wished.kind] ?? 'dissolve';
  if (wished.direction === null || kind === 'dissolve' || kind === 'dip') return { kind };
  return { kind, direction: wished.direction };
}

function trackOf(
  wished: { kind: 'video' | 'audio'; name: string; muted: boolean; wishes: readonly Wish[] },
  frameRate: Rate,
  made: Made,
): InterchangeTrack {
  const { kind, name: title, muted } = wished;
  const track: InterchangeTrack = { kind, name: title, muted, items: [], transitions: [] };
  let free = 0;
  for (const each of wished.wishes) {
    const previous = track.items.at(-1);
    if (each.gap !== null) {
      track.items.push({ kind: 'gap', duration: frameStart(each.gap, frameRate) });
    } else if (previous?.kind === 'clip' && each.reach !== null) {
      const before = Math.min(each.reach[0], free);
      const after = Math.min(each.reach[1], each.frames);
      track.transitions.push({
        afterItemIndex: track.items.length - 1,
        ...lookOf(each),
        before: frameStart(before, frameRate),
        after: frameStart(after, frameRate),
      });
      free = each.frames - after;
      track.items.push(clipOf(each, kind, frameRate, made));
      continue;
    }
    free = each.frames;
    track.items.push(clipOf(each, kind, frameRate, made));
  }
  return track;
}

function clipOf(
  wished: Wish,
  kind: 'video' | 'audio',
  frameRate: Rate,
  made: Made,
): InterchangeItem {
  const id = made.ids();
  const nested = wished.nest ? made.nested : null;
  const url = kind === 'audio' || nested !== null ? 'file:///x/a.mov' : wished.url;
  const isStill = url.endsWith('.png') && nested === null;
  const sourceRange = rangeOf(wished, frameRate, isStill);
  const looks = looksOf(wished, kind, frameRate);
  const frame = frameDuration(frameRate);
  const markers = markersOf(wished.markers, frame, id).map((marker) => ({
    ...marker,
    time: flicks(Math.min(sourceRange.out, sourceRange.in + marker.time)),
  }));
  return {
    kind: 'clip',
    id,
    name: wished.name,
    mediaUrl: nested === null ? url : null,
    ...(nested === null ? {} : { nested: 'scene' }),
    sourceRange,
    mediaDuration: nested !== null ? sequenceDuration(nested) : isStill ? null : MEDIA_LENGTH,
    link: wished.eased ? `link-${wished.frames % 3}` : null,
    ...(wished.disabled ? { disabled: true } : {}),
    ...looks,
    ...(markers.length === 0 ? {} : { markers }),
  };
}

function rangeOf(wished: Wish, frameRate: Rate, isStill: boolean): SourceRange {
  const duration = frameStart(wished.frames, frameRate);
  if (isStill) return { in: ZERO, out: duration };
  const first = flicks(frameStart(wished.first, frameRate) + (wished.offFrame ? 1234 : 0));
  if (wished.curve !== null) {
    const [begin = 0, ...rest] = wished.curve.map((frames) => frameStart(frames, frameRate));
    const step = Math.max(1, Math.floor(wished.frames / rest.length));
    const keys = [flicks(begin), ...rest].map((source, index) => ({
      time: frameStart(index * step, frameRate),
      source: flicks(source),
      easing: wished.eased && index === 0 ? ([0.42, 0, 0.58, 1] as const) : ('linear' as const),
    }));
    return curveRange(
      keys.map((key) => ({
        ...key,
        easing:
          key.easing === 'linear'
            ? 'linear'
            : ([...key.easing] as [number, number, number, number]),
      })),
      duration,
    );
  }
  const [num, den] = wished.speed === null ? [1, 1] : (SPEEDS[wished.speed] ?? [1, 1]);
  if (num === den) return { in: first, out: flicks(first + duration) };
  const whole: SourceRange = {
    in: first,
    out: first,
    retime: { kind: 'constant', duration, speed: { num, den } },
  };
  const backwards = num < 0 ? flicks(first + frameStart(60_000, frameRate)) : first;
  return sliceRange({ ...whole, in: backwards, out: backwards }, ZERO, duration);
}

function looksOf(
  { looks, eased }: Wish,
  kind: 'video' | 'audio',
  frameRate: Rate,
): Pick<InterchangeClip, 'parameters' | 'fades' | 'blend'> {
  const [
    level = null,
    x = null,
    y = null,
    scale = null,
    turn = null,
    crop = null,
    fade = null,
    blend = null,
  ] = looks;
  const animated = (from: number, to: number): Animated => ({
    keyframes: [
      { time: ZERO, value: from, easing: eased ? [0.42, 0, 1, 1] : 'linear' },
      { time: frameStart(1, frameRate), value: to, easing: 'linear' },
    ],
  });
  const picture = {
    ...(level === null ? {} : { opacity: level > 0.5 ? level * 0.9 : animated(level, 0.25) }),
    ...(x === null ? {} : { positionX: x + 0.001 }),
    ...(y === null ? {} : { positionY: y > 0.5 ? y : animated(-y, 1) }),
    ...(scale === null ? {} : { scaleX: scale + 1.5, scaleY: scale }),
    ...(turn === null ? {} : { rotation: turn * 720 - 360.5 }),
    ...(crop === null ? {} : { cropLeft: crop / 2 + 0.001 }),
  };
  const sound = {
    ...(level === null ? {} : { gainDb: level > 0.5 ? -level * 90 : animated(-level * 90 - 1, 3) }),
    ...(x === null ? {} : { pan: x / 2 + 0.1 }),
  };
  const parameters = kind === 'video' ? picture : sound;
  const fades = { in: frameStart(1, frameRate), out: flicks(Math.round((fade ?? 0) * 1e6)) };
  return {
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(fade === null ? {} : { fades }),
    ...(blend === null || kind === 'audio'
      ? {}
      : { blend: BLENDS[1 + Math.floor(blend * 9)] ?? 'add' }),
  };
}

function markersOf(
  wished: readonly { at: number; long: number; kind: number; color: number | null }[],
  frame: Flicks,
  prefix: string,
): InterchangeMarker[] {
  return wished
    .map((each, index): InterchangeMarker => {
      const color = each.color === null ? undefined : MARKER_COLORS[each.color];
      return {
        time: flicks(each.at * frame),
        duration: flicks(each.long * frame),
        kind: (['standard', 'chapter', 'to-do'] as const)[each.kind] ?? 'standard',
        name: `${prefix} ${index}`,
        ...(each.kind === 1 ? { note: 'A “note” & more' } : {}),
        ...(color === undefined ? {} : { color }),
      };
    })
    .sort((a, b) => a.time - b.time);
}
