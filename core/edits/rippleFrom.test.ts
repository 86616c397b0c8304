import { describe, expect, test } from 'vitest';
import { apply, refusalOf, type SampleProject, sampleProject } from '#tests/edits/sampleProject.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { FLICKS_PER_SECOND } from '../time/flicks.ts';
import { applyEdit } from './applyEdit.ts';
import { idsFrom } from './ids.ts';
import type { EditCommand } from './registry.ts';

const FRAME = FLICKS_PER_SECOND / 25;

/**
 * In frames: V1 and A1 a 0–50, b 50–100, c 100–150; V2 broll 110–130; a title 120–140; captions “one” 60–70 and “two”
 * 110–120; A2 music 0–120 and then end 120–140; chapters at 0, 50, 60, 100 and 120.
 */
function film() {
  const sample = sampleProject();
  const { timelineId, assets, project } = sample;
  const clip = (id: string): EditCommand => ({
    type: 'clip.append',
    timelineId,
    assetId: assets.film,
    in: '20f',
    out: '70f',
    clipIds: [id, `${id}-sound`],
  });
  const picture = { timelineId, assetId: assets.film, use: 'picture', videoTrackId: 'V2' } as const;
  const sound = { timelineId, assetId: assets.song, audioTrackId: 'A2' } as const;
  const chapter = (at: string): EditCommand => ({
    type: 'marker.add',
    ownerId: timelineId,
    at,
    markerKind: 'chapter',
    name: at,
    markerId: `mark${at}`,
  });
  const caption = (at: string, text: string): EditCommand => ({
    type: 'caption.add',
    timelineId,
    at,
    duration: '10f',
    text,
  });
  apply(project, 'film', [
    clip('a'),
    clip('b'),
    clip('c'),
    { type: 'track.add', timelineId, trackKind: 'video', trackId: 'V2' },
    { type: 'track.add', timelineId, trackKind: 'audio', trackId: 'A2' },
    { type: 'clip.overwrite', ...picture, in: 0, out: '20f', at: '110f', clipIds: ['broll'] },
    { type: 'clip.overwrite', ...sound, in: 0, out: '120f', at: 0, clipIds: ['music'] },
    { type: 'clip.overwrite', ...sound, in: 0, out: '20f', at: '120f', clipIds: ['end'] },
    { type: 'title.add', timelineId, at: '120f', duration: '20f' },
    caption('60f', 'one'),
    caption('110f', 'two'),
    ...['0f', '50f', '60f', '100f', '120f'].map(chapter),
  ]);
  return sample;
}

/** Everything as “name start–end”, in frames. */
function layout({ project, timelineId }: SampleProject): Record<string, string> {
  const items = project.tracksOf(timelineId).flatMap((track) => [...project.itemsOn(track.id)]);
  const layout = Object.fromEntries(
    items.map((item): [string, string] => [
      item.kind === 'cue' ? item.text : item.kind === 'graphic' ? 'title' : item.id,
      `${itemStart(item) / FRAME}–${itemEnd(item) / FRAME}`,
    ]),
  );
  const chapters = project.markersOf(timelineId).map(({ span }) => span.time / FRAME);
  return { ...layout, chapters: chapters.join(' ') };
}

function edited(...commands: EditCommand[]): Record<string, string> {
  const sample = film();
  apply(sample.project, 'edit', commands);
  return layout(sample);
}

const trackOf = ({ project, timelineId }: SampleProject, kind: string) =>
  project.tracksOf(timelineId).find((track) => track.trackKind === kind)?.id ?? '';

describe('an insert', () => {
  const insert: EditCommand = {
    type: 'clip.insert',
    timelineId: 'timeline',
    assetId: '',
    in: 0,
    out: '25f',
    at: '100f',
    clipIds: ['new', 'new-sound'],
  };
  const at = (time: string, sample: SampleProject): EditCommand => ({
    ...insert,
    assetId: sample.assets.film,
    at: time,
  });

  test('carries along what begins later on every track, and leaves whole what spans it', () => {
    const sample = film();
    apply(sample.project, 'edit', [at('100f', sample)]);
    expect(layout(sample)).toMatchObject({
      b: '50–100',
      new: '100–125',
      'new-sound': '100–125',
      c: '125–175',
      'c-sound': '125–175',
      broll: '135–155',
      title: '145–165',
      one: '60–70',
      two: '135–145',
      music: '0–120',
      end: '145–165',
      chapters: '0 50 60 125 145',
    });
  });

  test('leaves tracks alone whose sync lock is off, and locked ones', () => {
    const sample = film();
    apply(sample.project, 'edit', [
      { type: 'track.set', trackId: 'V2', syncLocked: false },
      { type: 'track.set', trackId: 'A2', locked: true },
      at('100f', sample),
    ]);
    expect(layout(sample)).toMatchObject({
      c: '125–175',
      broll: '110–130',
      title: '145–165',
      end: '120–140',
    });
    const own: EditCommand = { type: 'track.set', trackId: sample.videoTrackId, syncLocked: false };
    apply(sample.project, 'own', [own, { ...at('0f', sample), clipIds: ['n2', 'n2-sound'] }]);
    expect(layout(sample)).toMatchObject({ a: '25–75', n2: '0–25' });
  });

  test('through linked clips leaves two pairs', () => {
    const sample = film();
    apply(sample.project, 'edit', [
      at('60f', sample),
      { type: 'clip.nudge', clipIds: ['b'], frames: -1 },
    ]);
    const right = sample.project
      .itemsOn(sample.videoTrackId)
      .find((i) => itemStart(i) === 85 * FRAME);
    expect(right && sample.project.linkedWith(right)).toHaveLength(2);
    expect(right && sample.project.linkedWith(right).map(itemStart)).toEqual([
      85 * FRAME,
      85 * FRAME,
    ]);
    expect(layout(sample)).toMatchObject({ b: '49–59', 'b-sound': '49–59' });
  });

  test('is refused where its own track is locked', () => {
    const sample = film();
    apply(sample.project, 'l', [{ type: 'track.set', trackId: sample.audioTrackId, locked: true }]);
    expect(refusalOf(sample.project, [at('0f', sample)])).toBe('edit/track-locked');
  });
});

test('an overwrite through linked clips leaves two pairs', () => {
  const sample = film();
  const { project, timelineId, assets } = sample;
  apply(project, 'edit', [
    { type: 'clip.overwrite', timelineId, assetId: assets.film, in: 0, out: '10f', at: '60f' },
    { type: 'clip.delete', clipIds: ['b'] },
  ]);
  const ends = [sample.videoTrackId, sample.audioTrackId].map((trackId) =>
    project.itemsOn(trackId).map((item) => itemStart(item) / FRAME),
  );
  expect(ends).toEqual([
    [0, 60, 70, 100],
    [0, 60, 70, 100],
  ]);
});

describe('taking a stretch out', () => {
  const trackIds = (sample: SampleProject) => [sample.videoTrackId, sample.audioTrackId];

  test('pulls what begins later, and what begins inside to where it began', () => {
    const sample = film();
    const { project, timelineId } = sample;
    // The music is in the way of what follows it, so it is left out of sync.
    apply(project, 'edit', [
      { type: 'track.set', trackId: 'A2', syncLocked: false },
      { type: 'clip.extract', timelineId, from: '55f', to: '75f', trackIds: trackIds(sample) },
    ]);
    expect(layout(sample)).toMatchObject({
      b: '50–55',
      c: '80–130',
      one: '55–65',
      two: '90–100',
      broll: '90–110',
      title: '100–120',
      end: '120–140',
      chapters: '0 50 55 80 100',
    });
  });

  test('is refused where something would be covered, naming the track', () => {
    const sample = film();
    const { project, timelineId } = sample;
    const before = JSON.stringify(project.snapshot());
    const extract: EditCommand = {
      type: 'clip.extract',
      timelineId,
      from: '55f',
      to: '75f',
      trackIds: trackIds(sample),
    };
    const result = applyEdit(project, [extract], idsFrom('x'));
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'edit/out-of-sync',
        details: { trackId: 'A2', itemId: 'music', nextId: 'end' },
      },
    });
    expect(!result.ok && result.error.message).toContain('“A2”');
    expect(JSON.stringify(project.snapshot())).toBe(before);
  });

  test('by delete closes each gap once, and leaves the rest', () => {
    const off: EditCommand = { type: 'track.set', trackId: 'A2', syncLocked: false };
    expect(edited(off, { type: 'clip.delete', clipIds: ['b'], gap: 'close' })).toMatchObject({
      a: '0–50',
      c: '50–100',
      'c-sound': '50–100',
      broll: '60–80',
      title: '70–90',
      one: '50–60',
      chapters: '0 50 50 50 70',
    });
    expect(
      edited(off, { type: 'clip.delete', clipIds: ['a', 'b', 'b-sound'], gap: 'close' }),
    ).toMatchObject({ c: '0–50', two: '10–20', chapters: '0 0 0 0 20' });
    expect(edited({ type: 'clip.delete', clipIds: ['b'] })).toMatchObject({ c: '100–150' });
  });

  test('by delete of clips that begin apart closes what is empty on both', () => {
    const sample = film();
    apply(sample.project, 'edit', [
      { type: 'track.set', trackId: 'A2', syncLocked: false },
      { type: 'clip.roll', clipId: 'b-sound', edge: 'head', to: '40f', scope: 'alone' },
      { type: 'clip.delete', clipIds: ['b'], gap: 'close' },
    ]);
    expect(layout(sample)).toMatchObject({ 'a-sound': '0–40', c: '50–100', 'c-sound': '50–100' });
  });

  test('by closing a gap takes the other tracks along', () => {
    const sample = film();
    apply(sample.project, 'edit', [
      { type: 'track.set', trackId: 'A2', syncLocked: false },
      { type: 'clip.delete', clipIds: ['b'] },
      { type: 'gap.close', trackIds: [sample.videoTrackId], at: '60f' },
    ]);
    expect(layout(sample)).toMatchObject({ c: '50–100', 'c-sound': '50–100', title: '70–90' });
  });
});

describe('a ripple trim', () => {
  const trim = (edge: 'head' | 'tail', by: string): EditCommand => ({
    type: 'clip.rippleTrim',
    clipId: 'b',
    edge,
    by,
  });
  const off: EditCommand = { type: 'track.set', trackId: 'A2', syncLocked: false };

  test.each<[string, EditCommand, Record<string, string>]>([
    [
      'shorter at its tail',
      trim('tail', '-10f'),
      { c: '90–140', one: '60–70', chapters: '0 50 60 90 110' },
    ],
    [
      'longer at its tail',
      trim('tail', '5f'),
      { c: '105–155', broll: '115–135', chapters: '0 50 60 105 125' },
    ],
    [
      'shorter at its head',
      trim('head', '20f'),
      { b: '50–80', c: '80–130', one: '50–60', chapters: '0 50 50 80 100' },
    ],
    [
      'longer at its head',
      trim('head', '-5f'),
      { b: '50–105', c: '105–155', one: '65–75', chapters: '0 55 65 105 125' },
    ],
  ])('%s keeps everything in step', (_what, command, expected) => {
    expect(edited(off, command)).toMatchObject(expected);
  });
});

test('a move and a copy that make room take the other tracks along', () => {
  expect(edited({ type: 'clip.move', clipId: 'broll', to: '100f', mode: 'insert' })).toMatchObject({
    broll: '100–120',
    c: '120–170',
    title: '140–160',
    music: '0–120',
  });
  expect(edited({ type: 'clip.duplicate', clipIds: ['b'] })).toMatchObject({
    c: '150–200',
    broll: '160–180',
    end: '170–190',
    chapters: '0 50 60 150 170',
  });
});

test('a locked track of another kind never moves, nor is it refused', () => {
  const sample = film();
  apply(sample.project, 'edit', [
    { type: 'track.set', trackId: trackOf(sample, 'graphics'), locked: true },
    { type: 'clip.duplicate', clipIds: ['b'] },
  ]);
  expect(layout(sample)).toMatchObject({ title: '120–140', c: '150–200' });
});
