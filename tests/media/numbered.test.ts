import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { videoStreamOf } from '#core/media/facts.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { machine, newLibrary, type OpenLibrary } from './mediaFixture.ts';
import {
  importRow,
  pixelHashes,
  writePicture,
  writePictures,
  writeRow,
} from './numberedFixture.ts';

const root = testFolder('media-numbered');
const here = await machine(join(root, 'here'));
const NTSC = { num: 30_000, den: 1001 };
let count = 0;
let folder: string;
let library: OpenLibrary;

beforeEach(async () => {
  folder = join(root, `case-${++count}`);
  mkdirSync(folder);
  library = await newLibrary(here, join(folder, 'film.inkreel'), []);
});

const at = (name: string) => join(folder, 'shots', name);
const names = (first: number, last: number, nameOf: (digits: string) => string, digits = 2) =>
  Array.from({ length: last - first + 1 }, (_, index) =>
    nameOf(String(first + index).padStart(digits, '0')),
  );
const assets = async () => (await library.project()).all('asset');
const shots = () => readdirSync(join(folder, 'shots')).sort();

/** The pixels of files that are decoded one by one, in order. */
async function pixelsOf(paths: readonly string[], pixelFormat: string): Promise<string[]> {
  const hashes = await Promise.all(paths.map((path) => pixelHashes(path, pixelFormat)));
  return hashes.flat();
}

describe('numbered pictures become one clip', () => {
  it('of PNG with alpha, at an exact rate, each pixel as it is; one step to undo', async () => {
    const files = names(98, 102, (digits) => `-50% räm "x" 100%d_${digits}.png`);
    const paths = await writePictures(join(folder, 'shots'), files);
    expect(await here.call('media.findNumbered', { path: paths[2] ?? '' })).toEqual({
      ...{ first: files[0], last: files[4], count: 5, beyondGaps: 0 },
      output: at('-50% räm "x" 100%d 98–102.mov'),
    });
    const { made } = await importRow(here, library, { path: paths[2] ?? '', frameRate: NTSC });
    expect(made).toMatchObject({ count: 5, copied: true, beyondGaps: 0 });
    const output = made?.output ?? '';
    const pixels = await pixelsOf(paths, 'rgba');
    expect(new Set(pixels).size).toBe(5);
    expect(await pixelHashes(output, 'rgba')).toEqual(pixels);

    const [asset] = await assets();
    expect(asset?.id).toBe(made?.assetId);
    expect(asset?.facts.duration).toBeCloseTo((5 * 1001 * FLICKS_PER_SECOND) / 30_000, -3);
    expect(asset && videoStreamOf(asset.facts)).toMatchObject({
      ...{ codec: 'png', pixelFormat: 'rgba', width: 32, height: 24 },
      ...{ frameRate: NTSC, isSteady: true, timeBase: { num: 1, den: 30_000 } },
    });
    await here.call('project.undo', { projectId: library.projectId });
    expect(await assets()).toEqual([]);
  });

  it('of JPEG that stand in it bit for bit, at the rate of the timeline', async () => {
    const paths = await writePictures(
      join(folder, 'shots'),
      names(1, 4, (digits) => `${digits}.jpg`),
      { pixelFormat: 'yuvj420p' },
    );
    const { made } = await importRow(here, library, { path: paths[0] ?? '' });
    expect(made).toMatchObject({ output: at('01–04.mov'), copied: true });
    const packets = join(folder, 'packets');
    mkdirSync(packets);
    await run('ffmpeg', [
      ...['-v', 'error', '-i', made?.output ?? '', '-c', 'copy', '-f', 'image2'],
      join(packets, '%02d.jpg'),
    ]);
    const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(readdirSync(packets).map((name) => hashOf(join(packets, name)))).toEqual(
      paths.map(hashOf),
    );
    const project = await library.project();
    const [asset] = await assets();
    expect(asset && videoStreamOf(asset.facts)?.frameRate).toEqual(
      project.all('timeline')[0]?.format.frameRate,
    );
  });

  it.each([
    ['tif', 'rgb48le', 'rgb48be'],
    ['tif', 'rgba64le', 'rgba64be'],
    ['tiff', 'gray16le', 'gray16be'],
    ['bmp', 'bgr24', 'rgb24'],
  ])('of %s in %s, coded without loss as %s', async (extension, pixelFormat, kept) => {
    const paths = await writePictures(
      join(folder, 'shots'),
      names(1, 3, (digits) => `scan${digits}.${extension}`),
      { pixelFormat },
    );
    const { made } = await importRow(here, library, { path: paths[1] ?? '', frameRate: NTSC });
    expect(made).toMatchObject({ count: 3, copied: false });
    const [asset] = await assets();
    expect(asset && videoStreamOf(asset.facts)).toMatchObject({
      ...{ codec: 'png', pixelFormat: kept, frameRate: NTSC },
    });
    expect(await pixelHashes(made?.output ?? '', kept)).toEqual(await pixelsOf(paths, kept));
  });

  it('keeps the alpha of pictures that come after opaque ones', async () => {
    const paths = await writePictures(
      join(folder, 'shots'),
      names(1, 4, (digits) => `fade${digits}.png`),
    );
    await writePicture(paths[0] ?? '', 1, { pixelFormat: 'rgb24' });
    await writePicture(paths[2] ?? '', 3, { pixelFormat: 'gray' });
    const { made } = await importRow(here, library, { path: paths[0] ?? '' });
    expect(made).toMatchObject({ count: 4, copied: false });
    const [asset] = await assets();
    expect(asset && videoStreamOf(asset.facts)?.pixelFormat).toBe('rgba');
    expect(await pixelHashes(made?.output ?? '', 'rgba')).toEqual(await pixelsOf(paths, 'rgba'));
  });

  it('leaves out what lies beyond a gap, and says how much', async () => {
    const path = await writeRow(join(folder, 'shots'), 'shot', 40);
    rmSync(at('shot_004.png'));
    rmSync(at('shot_010.png'));
    const { made } = await importRow(here, library, { path });
    expect(made).toMatchObject({ first: 'shot_001.png', last: 'shot_003.png', beyondGaps: 35 });
    expect(await pixelHashes(made?.output ?? '', 'rgb24')).toHaveLength(3);
  });

  it('that stands where it is wanted, and over another file only when that is wanted', async () => {
    const [path = ''] = await writePictures(join(folder, 'shots'), ['a1.png', 'a2.png']);
    const output = join(folder, 'clips', 'walk.mov');
    mkdirSync(join(folder, 'clips'));
    writeFileSync(output, 'something of value');
    const { projectId } = library;
    const input = { projectId, path, output };
    expect(await here.refusal('media.importNumbered', input)).toMatchObject({
      code: 'file/exists',
    });
    expect(readFileSync(output, 'utf8')).toBe('something of value');
    expect(await importRow(here, library, { path, output, force: true })).toMatchObject({
      made: { output, count: 2 },
    });
    expect(
      await here.refusal('media.importNumbered', { ...input, output: join(folder, 'walk.mp4') }),
    ).toMatchObject({ code: 'media/not-a-mov' });
  });
});

describe('numbered pictures that cannot become a clip', () => {
  let paths: string[];
  beforeEach(async () => {
    paths = await writePictures(
      join(folder, 'shots'),
      names(1, 12, (digits) => `shot_${digits}.png`),
      { size: '64x48' },
    );
  });

  it.each([
    [
      'media/picture-sizes',
      (path: string) => writePicture(path, 5, { size: '48x64' }),
      '48 × 64 pixels, and those before it 64 × 48',
    ],
    ['media/damaged', (path: string) => truncate(path, 4_000), 'damaged or incomplete'],
    ['media/damaged', (path: string) => writeFile(path, 'Dear reader'), 'cannot be decoded'],
    ['media/empty', (path: string) => truncate(path), 'is empty'],
  ])('are refused with %s by name, and nothing is left', async (code, spoil, words) => {
    await spoil(paths[4] ?? '');
    const before = shots();
    const { fault } = await importRow(here, library, { path: paths[0] ?? '' });
    expect(fault).toMatchObject({ code, details: { path: paths[4] } });
    expect(fault?.message).toContain('“shot_05.png”');
    expect(fault?.message).toContain(words);
    expect(shots()).toEqual(before);
    expect(await assets()).toEqual([]);
  });

  it('are refused when the first is broken, and when a JPEG ends too early', async () => {
    truncateSync(paths[0] ?? '', 100);
    const { fault } = await importRow(here, library, { path: paths[3] ?? '' });
    expect(fault?.message).toContain('“shot_01.png”');
    const photos = await writePictures(
      join(folder, 'photos'),
      names(1, 6, (digits) => `${digits}.jpeg`),
      { pixelFormat: 'yuvj444p' },
    );
    truncateSync(photos[5] ?? '', 900);
    const late = await importRow(here, library, { path: photos[0] ?? '' });
    expect(late.fault).toMatchObject({ code: 'media/damaged', details: { path: photos[5] } });
  });

  it('are refused where no file can be written', async () => {
    const { projectId } = library;
    const [path = ''] = paths;
    // A kernel file system refuses even the administrator.
    expect(
      await here.refusal('media.importNumbered', { projectId, path, output: '/proc/shot.mov' }),
    ).toMatchObject({ code: 'file/no-permission' });
  });

  it('are refused in a folder that takes no files', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('The administrator may write everywhere.');
    const { projectId } = library;
    chmodSync(join(folder, 'shots'), 0o555);
    const refused = await here.refusal('media.importNumbered', { projectId, path: paths[0] ?? '' });
    chmodSync(join(folder, 'shots'), 0o755);
    expect(refused.code).toBe('file/no-permission');
  });

  it('leave nothing behind when the import is cancelled', async () => {
    const path = await writeRow(join(folder, 'large'), 'large', 200);
    const { projectId } = library;
    const seen: number[] = [];
    const stopListening = here.engine.listen((event) => {
      if (event.type !== 'job.changed' || event.job.kind !== 'import') return;
      const { id, state, progress } = event.job;
      if (state !== 'running' || progress === 0) return;
      seen.push(progress);
      void here.call('job.cancel', { jobId: id });
    });
    const { jobId } = await here.call('media.importNumbered', { projectId, path });
    const { state } = await here.engine.jobEnd(jobId);
    stopListening();
    expect(state).toBe('cancelled');
    expect(seen[0]).toBeLessThan(1);
    expect(readdirSync(join(folder, 'large'))).toHaveLength(200);
    expect(await assets()).toEqual([]);
  });
});
