import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { brokenInvariants, momentsOf, shownAt } from '#tests/edits/invariants.ts';
import { commandFor, EDIT_RATES, intents } from '#tests/edits/randomCommands.ts';
import {
  apply,
  FILM_DURATION,
  refusalOf,
  type SampleProject,
  sampleProject,
} from '#tests/edits/sampleProject.ts';
import {
  clip,
  dissolve,
  fileOf,
  media,
  range,
  timeline,
  track,
} from '#tests/interchange/otioObjects.ts';
import { applyEdit } from '../edits/applyEdit.ts';
import { idsFrom } from '../edits/ids.ts';
import { audioStreamOf, videoStreamOf } from '../media/facts.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { FLICKS_PER_SECOND, flicks } from '../time/flicks.ts';
import { type Rate, rate } from '../time/rate.ts';
import { readFcpxml } from './fromFcpxml.ts';
import { readOtio } from './fromOtio.ts';
import { interchangeFromProject } from './interchangeFromProject.ts';
import { interchangeToCommands } from './interchangeToCommands.ts';
import type { InterchangeTimeline } from './interchangeTimeline.ts';
import { mediaUrlOf } from './mediaUrl.ts';
import { writeFcpxml } from './toFcpxml.ts';
import { writeOtio } from './toOtio.ts';

vi.setConfig({ testTimeout: 60_000 });

const FRAME = FLICKS_PER_SECOND / 24;

/** Imports into the project of a sample; `aliases` are further URLs for its assets. */
function importInto(
  sample: SampleProject,
  read: InterchangeTimeline,
  aliases: Record<string, string> = {},
) {
  const assets = new Map(
    sample.project.all('asset').flatMap((asset) => {
      const resolved = {
        assetId: asset.id,
        hasVideo: videoStreamOf(asset.facts) !== undefined,
        hasAudio: audioStreamOf(asset.facts) !== undefined,
        duration: asset.facts.mediaKind === 'image' ? null : asset.facts.duration,
      };
      const others = Object.entries(aliases).filter(([, name]) => asset.name === `${name}.file`);
      const urls = [mediaUrlOf(asset.location.absolute, '/media'), ...others.map(([url]) => url)];
      return urls.map((url) => [url, resolved] as const);
    }),
  );
  const planned = interchangeToCommands(read, {
    assets,
    newId: idsFrom('import').newId,
    format: { width: 1920, height: 1080, sampleRateHz: 48_000 },
  });
  apply(sample.project, 'unused', planned.commands);
  return { ...sample, ...planned };
}

/** The first track of an imported file: what stands where, in frames of 24 fps. */
function importFile(text: string, aliases: Record<string, string> = { 'film.mov': 'film' }) {
  const imported = importInto(sampleProject(rate(24)), readOtio(text).timeline, aliases);
  expect(brokenInvariants(imported)).toEqual([]);
  const [first] = imported.project
    .tracksOf(imported.timelineId)
    .filter((each) => each.trackKind === 'video');
  const items = imported.project.itemsOn(first?.id ?? '').map((item) => ({
    at: [itemStart(item) / FRAME, itemEnd(item) / FRAME],
    in: item.kind === 'clip' ? item.sourceRange.in / FRAME : null,
  }));
  const transitions = imported.project
    .all('transition')
    .map(({ reach }) => [reach.before / FRAME, reach.after / FRAME]);
  return { ...imported, items, transitions, codes: imported.losses.map((loss) => loss.code) };
}

/** What a timeline is, apart from ids. */
function structureOf(sample: SampleProject, withMarkers: boolean) {
  const { timeline } = interchangeFromProject(sample.project, sample.timelineId, { folder: null });
  const links = new Map<string, string>();
  return {
    ...timeline,
    tracks: timeline.tracks.map((each) => ({
      ...each,
      items: each.items.map((item) => {
        if (item.kind === 'gap') return item;
        if (item.link !== null && !links.has(item.link)) links.set(item.link, `link ${links.size}`);
        const { markers, ...rest } = item;
        const link = item.link === null ? null : links.get(item.link);
        return { ...rest, ...(withMarkers ? { markers } : {}), id: null, link };
      }),
    })),
  };
}

describe('a project that goes out and comes back', () => {
  test('has the same structure and shows the same at every moment', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDIT_RATES), intents(25), (frameRate, wishes) => {
        const sample = sampleProject(frameRate);
        for (const [index, wish] of wishes.entries()) {
          if (wish.kind === 'title' || wish.kind === 'caption') continue;
          applyEdit(sample.project, [commandFor(sample, wish)], idsFrom(`edit${index}`));
        }
        const out = interchangeFromProject(sample.project, sample.timelineId, { folder: '/media' });
        const reading = readOtio(writeOtio(out.timeline).text);
        expect(reading.losses).toEqual([]);
        const back = importInto(sample, reading.timeline);
        // A marker that a slip has put between two frames goes to the nearest.
        const lost = back.losses.filter(({ code }) => code !== 'interchange/marker');
        expect(lost).toEqual([]);
        expect(brokenInvariants(back)).toEqual([]);
        const withoutTrackIds = (lines: string[]) =>
          lines.map((line) => line.replace(/^[^:]*/, ''));
        for (const moment of momentsOf(sample)) {
          expect(withoutTrackIds(shownAt(back, moment))).toEqual(
            withoutTrackIds(shownAt(sample, moment)),
          );
        }
        const isWhole = back.losses.length === 0;
        expect(structureOf(back, isWhole)).toEqual(structureOf(sample, isWhole));
      }),
      {
        numRuns: 120,
        // Two lone halves of a pair, side by side, stay two.
        examples: [
          [
            EDIT_RATES[0] as Rate,
            [
              { which: 0, other: 0, amount: 1, flag: true, kind: 'append' },
              { kind: 'split', which: 0, other: 0, amount: 250, flag: false },
              { kind: 'split', which: 599, other: 0, amount: 250, flag: false },
            ],
          ],
        ],
      },
    );
  });

  test.each(['OTIO', 'FCPXML'])('keeps where a wipe moves to in %s', (format) => {
    const sample = sampleProject();
    const { timelineId, assets, project } = sample;
    const half = { timelineId, assetId: assets.film, in: '20f', out: '60f' };
    apply(project, 'a', [
      { type: 'clip.append', ...half },
      { type: 'clip.append', ...half },
    ]);
    const [picture] = project.tracksOf(timelineId).filter((each) => each.trackKind === 'video');
    const clipId = project.itemsOn(picture?.id ?? '').at(-1)?.id ?? '';
    apply(project, 'b', [
      {
        type: 'transition.add',
        clipId,
        duration: '10f',
        transitionKind: 'wipe',
        direction: 'up',
        scope: 'alone',
      },
    ]);
    const { timeline: out } = interchangeFromProject(project, timelineId, { folder: '/media' });
    const { timeline: read } =
      format === 'OTIO' ? readOtio(writeOtio(out).text) : readFcpxml(writeFcpxml(out).text);
    importInto(sample, read);
    expect(project.all('transition').map((each) => [each.transitionKind, each.direction])).toEqual([
      ['wipe', 'up'],
      ['wipe', 'up'],
    ]);
  });

  test('a second import shares no links with the first', () => {
    const sample = sampleProject();
    apply(sample.project, 'a', [
      { type: 'clip.append', timelineId: sample.timelineId, assetId: sample.assets.film },
    ]);
    const { timeline: out } = interchangeFromProject(sample.project, sample.timelineId, {
      folder: '/media',
    });
    const back = importInto(sample, out);
    const links = new Set(sample.project.all('clip').map((each) => each.linkId));
    expect(sample.project.all('clip')).toHaveLength(4);
    expect(links.size).toBe(2);
    expect(back.timelineId).not.toBe(sample.timelineId);
  });
});

describe('a file of another program', () => {
  test('is placed frame by frame', () => {
    const { items, transitions, codes } = importFile(
      fileOf([
        clip('A', range(10, 48)),
        dissolve(5, 3),
        clip('B', range(100, 24)),
        { OTIO_SCHEMA: 'Gap.1', source_range: range(0, 12) },
        clip('C', range(0, 1)),
      ]),
    );
    expect(items).toEqual([
      { at: [0, 48], in: 10 },
      { at: [48, 72], in: 100 },
      { at: [84, 85], in: 0 },
    ]);
    expect(transitions).toEqual([[5, 3]]);
    expect(codes).toEqual([]);
  });

  test('links sound to the picture it belongs to, and to no other', () => {
    const { project, timelineId } = importFile(
      JSON.stringify(
        timeline([
          track([clip('A', range(0, 48)), clip('B', range(100, 48))]),
          track([clip('A', range(0, 48)), clip('B', range(101, 48))], {
            kind: 'Audio',
            name: 'A1',
          }),
        ]),
      ),
    );
    const linked = project
      .all('clip')
      .filter((each) => each.linkId !== undefined)
      .map((each) => each.name);
    expect(linked).toEqual(['A', 'A']);
    expect(project.tracksOf(timelineId).map((each) => each.name)).toEqual(['A1', 'V1']);
  });

  test('with times between frames is moved to the nearest frame, in the source stays exact, and says so', () => {
    const { items, codes } = importFile(
      fileOf([clip('A', range(0, 48)), clip('B', range(1.25, 10.5)), clip('C', range(5, 10))]),
    );
    expect(items).toEqual([
      { at: [0, 48], in: 0 },
      { at: [48, 59], in: 1.25 },
      { at: [59, 69], in: 5 },
    ]);
    expect(codes).toEqual(['interchange/rounded']);
  });

  test('with more than the media has is shortened to it', () => {
    const end = FILM_DURATION / FRAME;
    const { items, codes } = importFile(
      fileOf([
        clip('early', range(-10, 30)),
        clip('late', range(end - 20, 50)),
        clip('never', range(end + 100, 10)),
        clip('whole', range(0, 10)),
      ]),
    );
    expect(items).toEqual([
      { at: [10, 30], in: 0 },
      // One frame more than there is passes as the last, incomplete one.
      { at: [30, 51], in: end - 20 },
      { at: [90, 100], in: 0 },
    ]);
    expect(codes).toEqual([
      'interchange/beyond-media',
      'interchange/beyond-media',
      'interchange/nothing-left',
    ]);
  });

  test('with missing or unfit media leaves the rest in place', () => {
    const using = (url: string | null) => ({
      media_references: { DEFAULT_MEDIA: url === null ? null : media(url) },
    });
    const { items, codes, losses } = importFile(
      fileOf([
        clip('A', range(0, 10), using('gone.mov')),
        clip('B', range(0, 10), using(null)),
        clip('C', range(0, 10), using('song.wav')),
        dissolve(2, 2),
        clip('D', range(5, 10)),
        clip('shorter than a frame', range(0, 0.25)),
      ]),
      { 'film.mov': 'film', 'song.wav': 'song' },
    );
    expect(items).toEqual([{ at: [30, 40], in: 5 }]);
    expect(codes).toEqual([
      'interchange/no-media',
      'interchange/no-media',
      'interchange/no-media',
      'interchange/nothing-left',
      'interchange/rounded',
      'interchange/transition-place',
    ]);
    expect(losses[0]?.message).toContain('gone.mov');
  });

  test('with longer dissolves than there is media gets shorter ones', () => {
    const { transitions, codes } = importFile(
      fileOf([
        clip('A', range(0, 20)),
        dissolve(10, 0),
        clip('B', range(4, 8)),
        dissolve(6, 6),
        clip('C', range(50, 30)),
        dissolve(3, 3),
        clip('D', range(0, 30)),
      ]),
    );
    expect(transitions).toEqual([
      [4, 0],
      [6, 6],
      [0, 3],
    ]);
    expect(codes).toEqual(['interchange/transition-length', 'interchange/transition-length']);
  });

  test('never makes commands that are refused, whatever it holds', () => {
    const time = fc.oneof(
      fc.integer({ min: -20, max: 60 }),
      fc.double({ min: -20, max: 60, noNaN: true }),
      fc.integer({ min: 1300, max: 1500 }),
    );
    const length = fc.oneof(fc.nat(60), fc.double({ min: 0, max: 60, noNaN: true }));
    const name = fc.constantFrom('film', 'film', 'film', 'short', 'song', 'still', 'gone');
    const oneClip = fc.tuple(time, length, name).map(([start, duration, file]) =>
      clip(file, range(start, duration), {
        media_references: { DEFAULT_MEDIA: media(`${file}.x`) },
        metadata: { inkreel: { linkId: file, parameters: { gainDb: start % 30 } } },
      }),
    );
    const oneDissolve = fc
      .tuple(fc.nat(40), fc.nat(40))
      .map(([before, after]) => dissolve(before, after));
    const oneGap = length.map((duration) => ({
      OTIO_SCHEMA: 'Gap.1',
      source_range: range(0, duration),
    }));
    const part = fc.oneof(
      fc.tuple(oneClip),
      fc.tuple(oneClip, oneDissolve),
      fc.tuple(oneClip, oneDissolve, oneClip, oneDissolve, oneClip),
      fc.tuple(oneGap),
    );
    const children = fc.array(part, { maxLength: 6, size: 'max' }).map((parts) => parts.flat());
    fc.assert(
      fc.property(children, children, fc.constantFrom(...EDIT_RATES), (video, audio, frameRate) => {
        const text = JSON.stringify(
          timeline([track(video), track(audio, { kind: 'Audio' })], { name: ' '.repeat(600) }),
        );
        const aliases = {
          'film.x': 'film',
          'short.x': 'short',
          'song.x': 'song',
          'still.x': 'still',
        };
        const read = { ...readOtio(text).timeline, frameRate };
        const imported = importInto(sampleProject(rate(24)), read, aliases);
        expect(brokenInvariants(imported)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

test('a project without the media refuses the commands as a whole', () => {
  const sample = sampleProject();
  const { commands } = interchangeToCommands(readOtio(fileOf([clip('A', range(0, 10))])).timeline, {
    assets: new Map([
      [
        'film.mov',
        { assetId: 'gone', hasVideo: true, hasAudio: true, duration: flicks(FILM_DURATION) },
      ],
    ]),
    newId: idsFrom('import').newId,
    format: { width: 1920, height: 1080, sampleRateHz: 48_000 },
  });
  expect(refusalOf(sample.project, commands)).toBe('edit/no-such-asset');
});
