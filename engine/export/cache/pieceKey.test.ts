import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExportOverrides, exportSettingsSchema } from '#core/render/settings.ts';
import { planExport } from '#core/render/planExport.ts';
import { planPieces } from '#core/render/planPieces.ts';
import { ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { FilmBench } from '#tests/film/filmBench.ts';
import { identify } from '../../media/identity.ts';
import { drawSlates, sourceFiles } from '../sources/sourceFiles.ts';
import { type KeyContext, pieceKey } from './pieceKey.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkreel-piece-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fps = rate(10);
const at = (frame: number) => frameStart(frame, fps);
const source = join(folder, 'source.mp4');
writeFileSync(source, 'a film');
const identity = await identify(source);

let bench: FilmBench;
let timelineId: string;
let track: string;
let contents: Map<string, string>;
let before: string[];

beforeEach(() => {
  bench = new FilmBench(folder);
  timelineId = bench.timeline({ frameRate: fps });
  track = bench.track(timelineId, 'video');
  contents = new Map([[source, 'a film']]);
  before = [];
});

function asset(id: string, path = source): string {
  const video = {
    ...{ index: 0, kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', rotation: 0, color: {} },
    ...{ width: 160, height: 90, displayWidth: 160, displayHeight: 90, frameRate: fps },
  };
  return bench.put(id, {
    kind: 'asset',
    name: id,
    location: { absolute: path },
    identity,
    facts: { mediaKind: 'video', container: 'mp4', duration: at(10_000), streams: [video] },
  });
}

function clip(id: string, from: number, start: number, end: number, more: object = {}): string {
  return bench.put(id, {
    kind: 'clip',
    name: id,
    placement: { trackId: track, start: at(from) },
    sourceRange: { in: at(start), out: at(end) },
    ...more,
  });
}

async function keys(overrides: ExportOverrides = {}, more: Partial<KeyContext> = {}) {
  const settings = exportSettingsSchema.parse({ offline: 'slate', ...overrides });
  const plan = planExport(bench.project, timelineId, settings);
  const projectPath = join(folder, 'film.inkreel');
  const files = await sourceFiles(bench.project, plan, { projectPath, cacheDir: folder });
  await drawSlates(files, { project: bench.project, plan, folder });
  const context: KeyContext = {
    ...{ plan, settings, files },
    tools: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: '7.1', source: 'PATH' },
    watch: {
      contentOf: (path) => Promise.resolve(contents.get(path) ?? 'nothing'),
      check: () => Promise.resolve(),
    },
    overlayBuild: () => Promise.resolve('built'),
    ...more,
  };
  const found = await Promise.all(planPieces(plan).map(({ span }) => pieceKey(context, span)));
  return found.map(({ key }) => key);
}

/** Which pieces are there from the last time: `kept` or `made` for each. */
async function after(...given: Parameters<typeof keys>): Promise<string[]> {
  const now = await keys(...given);
  const states = now.map((key) => (before.includes(key) ? 'kept' : 'made'));
  before = now;
  return states;
}

describe('the key of a piece stays', () => {
  it('when its clip is moved, whatever it looks like', async () => {
    asset('film');
    const line = {
      keyframes: [0, 400].map((f) => ({ time: at(f), value: f / 400, easing: 'linear' })),
    };
    clip('c', 0, 0, 400, { assetId: 'film', scaleX: line, fades: { in: at(5), out: at(5) } });
    await after();
    bench.put('c', { placement: { trackId: track, start: at(33) } });
    expect(await after()).toEqual(['made', 'kept', 'kept', 'kept']);
  });

  it('when a clip is trimmed after it, or what others show is changed', async () => {
    asset('film');
    clip('c', 0, 0, 400, { assetId: 'film', opacity: 0.9 });
    clip('d', 400, 500, 600, { assetId: 'film' });
    await after();
    bench.put('c', { sourceRange: { in: ZERO, out: at(390) } });
    expect(await after()).toEqual(['kept', 'kept', 'made', 'made', 'kept']);
  });

  it('for the same clip under other names, and for what is not seen', async () => {
    asset('film');
    clip('c', 0, 0, 100, { assetId: 'film' });
    await after();
    clip('c', 0, 0, 100, { assetId: 'film', name: 'Renamed', disabled: true });
    asset('same');
    clip('e', 0, 0, 100, { assetId: 'same' });
    expect(await after()).toEqual(['kept']);
    const sound: ExportOverrides = { audioBitrateKbps: 64, captions: 'none' };
    expect(await after(sound)).toEqual(['kept']);
    expect(await after({}, { overlayBuild: () => Promise.resolve('other') })).toEqual(['kept']);
  });
});

describe('the key of a piece changes with', () => {
  it.each<[string, ExportOverrides]>([
    ['quality', { crf: 30 }],
    ['speed of encoding', { encoderPreset: 'slow' }],
    ['size', { width: 640, height: 360 }],
  ])('%s', async (_what, overrides) => {
    clip('c', 0, 0, 100, { assetId: asset('film') });
    await after();
    expect(await after(overrides)).toEqual(['made']);
  });

  it('the version of ffmpeg', async () => {
    clip('c', 0, 0, 100, { assetId: asset('film') });
    await after();
    const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: '8.0', source: 'PATH' } as const;
    expect(await after({}, { tools })).toEqual(['made']);
  });

  it('what its source holds, and a slate in its place', async () => {
    clip('c', 0, 0, 100, { assetId: asset('film') });
    await after();
    contents.set(source, 'another film');
    expect(await after()).toEqual(['made']);
    asset('film', join(folder, 'gone.mp4'));
    expect(await after()).toEqual(['made']);
    asset('film', join(folder, 'lost.mp4'));
    expect(await after()).toEqual(['made']);
  });

  it('its look, source time, speed, fades and effects, where these are seen', async () => {
    clip('c', 0, 0, 400, { assetId: asset('film') });
    await after();
    const effects = (brightness: number) => [
      { id: 'e', effect: 'contrast', parameters: { brightness } },
    ];
    const line = (to: number) => ({
      keyframes: [
        { time: at(300), value: 1, easing: 'linear' },
        { time: at(400), value: to, easing: 'linear' },
      ],
    });
    const all = ['made', 'made', 'made'];
    const changes: [object, string[]][] = [
      [{ sourceRange: { in: at(1), out: at(401) } }, all],
      [{ opacity: 0.5 }, all],
      [{ blend: 'screen' }, all],
      [{ opacity: line(0.5) }, all],
      [{ opacity: line(0.4) }, ['kept', 'kept', 'made']],
      [{ fades: { in: at(20), out: ZERO } }, ['made', 'kept', 'kept']],
      [{ effects: effects(0.1) }, all],
      [{ effects: effects(0.2) }, all],
    ];
    for (const [change, expected] of changes) {
      clip('c', 0, 0, 400, { assetId: 'film', ...change });
      bench.put('c', { ...change });
      expect([change, await after()]).toEqual([change, expected]);
    }
    const speed = { num: 2, den: 1 };
    const retime = { kind: 'constant', duration: at(400), speed };
    bench.put('c', { sourceRange: { in: ZERO, out: at(800), retime } });
    expect(await after()).toEqual(all);
    // Two curves that begin alike.
    const curve = (middle: number) => ({
      kind: 'curve',
      duration: at(400),
      keys: [0, 200, 400].map((frame, index) => ({
        ...{ time: at(frame), source: at([0, middle, 800][index] ?? 0), easing: 'linear' },
      })),
    });
    bench.put('c', { sourceRange: { in: ZERO, out: at(800), retime: curve(300) } });
    await after();
    bench.put('c', { sourceRange: { in: ZERO, out: at(800), retime: curve(310) } });
    expect(await after()).toEqual(all);
  });

  it('the table of colours of an effect', async () => {
    const file = join(folder, 'colours.cube');
    contents.set(file, 'warm');
    const effects = [{ id: 'l', effect: 'lut', parameters: { file } }];
    clip('c', 0, 0, 100, { assetId: asset('film'), effects });
    await after();
    contents.set(file, 'cold');
    expect(await after()).toEqual(['made']);
  });

  it('how far a transition is', async () => {
    asset('film');
    clip('c', 0, 0, 100, { assetId: 'film' });
    clip('d', 100, 200, 300, { assetId: 'film' });
    const transition = (reach: number, kind: string) =>
      bench.put('t', {
        kind: 'transition',
        transitionKind: kind,
        cut: { outgoingId: 'c', incomingId: 'd' },
        reach: { before: at(reach), after: at(reach) },
      });
    transition(20, 'dissolve');
    await after();
    transition(20, 'dip');
    expect(await after()).toEqual(['kept', 'made', 'kept']);
    // A film that begins in the middle of it shows another part of it.
    expect(await after({ range: { startFrame: 90, endFrame: 120 } })).toEqual(['made']);
    expect(await after({ range: { startFrame: 80, endFrame: 110 } })).toEqual(['made']);
  });

  it('titles and captions, and how they are drawn', async () => {
    const trackId = bench.track(timelineId, 'graphics');
    const title = (start: number, text: string) =>
      bench.put('t', {
        ...{ kind: 'graphic', name: 'Title', template: 'title', duration: at(300) },
        placement: { trackId, start: at(start) },
        fields: { title: text },
      });
    title(50, 'One');
    await after();
    title(60, 'One');
    expect(await after()).toEqual(['made', 'kept', 'kept']);
    title(60, 'Two');
    expect(await after()).toEqual(['kept', 'made', 'made']);
    expect(await after({}, { overlayBuild: () => Promise.resolve('other fonts') })).toEqual([
      'kept',
      'made',
      'made',
    ]);
  });

  it('those frames of a nested timeline that it shows', async () => {
    asset('film');
    const inner = bench.timeline({ frameRate: fps });
    const innerTrack = bench.track(inner, 'video');
    const innerClip = (id: string, from: number, length: number, more: object = {}) =>
      bench.put(id, {
        ...{ kind: 'clip', name: id, assetId: 'film' },
        placement: { trackId: innerTrack, start: at(from) },
        sourceRange: { in: at(from), out: at(from + length) },
        ...more,
      });
    innerClip('early', 0, 160);
    innerClip('late', 160, 140);
    clip('nest', 0, 0, 300, { nestedTimelineId: inner });
    await after();
    bench.put('late', { opacity: 0.5 });
    expect(await after()).toEqual(['kept', 'made']);
    bench.put('late', { opacity: 0.5, name: 'Renamed' });
    bench.put('nest', { placement: { trackId: track, start: at(40) } });
    expect(await after()).toEqual(['made', 'kept', 'kept']);
  });
});
