import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import type { ExportProgress } from '#core/contract/jobs.ts';
import { Refusal } from '#core/fault.ts';
import type { Clip } from '#core/model/entities.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import type { FilmExport } from '#engine/export/filmExport.ts';
import { Cancelled } from '#engine/process/run.ts';
import { identify } from '#engine/media/identity.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';
import { runningProcesses } from '../support/processes.ts';
import { mountSmallDisk } from '../support/smallDisk.ts';
import { FilmBench } from './filmBench.ts';
import { flatGraphics } from './flatGraphics.ts';

const folder = testFolder('cache');
const fps = rate(10);
const SIZE = { width: 160, height: 90 };
const at = (frame: number) => frameStart(frame, fps);
const numbers = join(folder, 'numbers.mp4');
const others = join(folder, 'others.mp4');
/** Whatever could be copied is encoded, since what is copied needs no cache. */
const quick = { mode: 'encode', encoderPreset: 'ultrafast', crf: 20 } as const;

let count = 0;
let bench: FilmBench;
let cacheDir: string;
let timelineId: string;
let track: string;
let assetId: string;

beforeAll(async () => {
  await makeNumberedFootage({ path: numbers, frames: 700, rate: '10', size: '160x90' });
  await makeNumberedFootage({ path: others, frames: 700, rate: '10', size: '160x90', gop: 20 });
});

beforeEach(async () => {
  count += 1;
  const place = join(folder, `case-${count}`);
  mkdirSync(place);
  bench = new FilmBench(place);
  cacheDir = join(place, 'cache');
  timelineId = bench.timeline({ frameRate: fps, ...SIZE });
  track = bench.track(timelineId, 'video');
  assetId = await bench.asset(numbers);
});

type More = Partial<FilmExport> & { settings?: FilmExport['settings'] };

function make(more: More = {}, context: Parameters<FilmBench['make']>[2] = {}) {
  const settings = exportSettingsSchema.parse(quick);
  return bench.make(timelineId, { settings, cacheDir, ...more }, context);
}

function clip(from: number, start: number, end: number, more: Partial<Clip> = {}): string {
  const sourceRange = { in: at(start), out: at(end) };
  return bench.clip(track, at(from), { assetId, sourceRange, ...more });
}

/** What was made of a film and what was there: `kept` or `made` for each piece. */
function states({ spans }: FilmResult): string[] {
  return spans.map(({ cached }) => (cached ? 'kept' : 'made'));
}

const pieces = () => {
  const place = join(cacheDir, 'pieces');
  return existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : [];
};
const bytesOf = ({ output }: FilmResult) => readFileSync(output);

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error(`Was not refused: ${String(error)}`);
  expect(error.message).toMatch(/^[“A-Z].*[.]$/s);
  return error.fault.code;
}

/** Does something once, when so many frames of a film are there. */
function whenDone(frames: number, action: () => void) {
  let isDone = false;
  return {
    report: (_share: number, _detail?: string, progress?: ExportProgress) => {
      if (isDone || (progress?.framesDone ?? 0) < frames) return;
      isDone = true;
      action();
    },
  };
}

describe('a second export', () => {
  it('takes every piece from the first, and is the same bytes', async () => {
    clip(0, 0, 250);
    const first = await make();
    expect(states(first)).toEqual(['made', 'made']);
    const second = await make();
    expect(states(second)).toEqual(['kept', 'kept']);
    expect(bytesOf(second).equals(bytesOf(first))).toBe(true);
    expect(readdirSync(join(cacheDir, 'work'))).toEqual([]);
  });

  it('takes them for another place, title, sound and number of workers, not for another quality', async () => {
    clip(0, 0, 50);
    await make();
    const settings = exportSettingsSchema.parse({ ...quick, audioBitrateKbps: 64 });
    expect(states(await make({ title: 'Other', workers: 1, settings }))).toEqual(['kept']);
    const better = exportSettingsSchema.parse({ ...quick, crf: 19 });
    expect(states(await make({ settings: better }))).toEqual(['made']);
  });

  it('makes alike pieces of one film once', async () => {
    clip(0, 10, 110);
    clip(100, 10, 110);
    const film = await make({ workers: 4 });
    expect(states(film)).toEqual(['made', 'made']);
    expect(pieces()).toHaveLength(1);
  });
});

describe('after a change', () => {
  it('of one caption of many, only the pieces that show it are made, and only its pictures drawn', async () => {
    clip(0, 0, 120);
    const captions = bench.track(timelineId, 'caption');
    const cue = (index: number, text: string) =>
      bench.put(`cue-${index}`, {
        kind: 'cue',
        placement: { trackId: captions, start: at(index * 30) },
        duration: at(20),
        text,
      });
    for (let index = 0; index < 4; index++) cue(index, `Caption ${index}`);
    const graphics = flatGraphics();
    const first = await make({ overlays: graphics.overlays });
    expect(first.spans).toHaveLength(8);
    const drawnBefore = graphics.drawn.length;
    cue(2, 'Another text');
    const second = await make({ overlays: graphics.overlays });
    const made = second.spans.filter(({ cached }) => !cached);
    expect(made.map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([[60, 80]]);
    const drawn = graphics.drawn.slice(drawnBefore);
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.every(({ layers }) => layers[0]?.fields['text'] === 'Another text')).toBe(true);
    // With everything there, nothing is drawn and no browser asked for.
    const none = () => Promise.reject(new Refusal({ code: 'test/no-browser', message: 'None.' }));
    expect(states(await make({ overlays: none })).every((state) => state === 'kept')).toBe(true);
    // Where they would look different, they are drawn anew.
    const overlayBuild = () => Promise.resolve('other fonts');
    const third = await make({ overlays: graphics.overlays, overlayBuild });
    expect(states(third).filter((state) => state === 'made')).toHaveLength(4);
  });
});

describe('a source that is overwritten', () => {
  it('is not taken for the one before, though it has the same size', async () => {
    const path = join(folder, `case-${count}`, 'source.mp4');
    writeFileSync(path, readFileSync(numbers));
    assetId = await bench.asset(path);
    clip(0, 0, 100);
    await make();
    expect(states(await make())).toEqual(['kept']);
    const stamp = statSync(path);
    const bytes = readFileSync(path);
    const other = readFileSync(others);
    // The other film brought to the size of this one: an MP4 may end in a box that nobody reads.
    const rest = bytes.length - other.length;
    const free = Buffer.alloc(Math.max(8, rest));
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4);
    writeFileSync(path, Buffer.concat([other, free]));
    if (rest >= 8) expect(statSync(path).size).toBe(stamp.size);
    utimesSync(path, stamp.atime, stamp.mtime);
    bench.put(assetId, { identity: await identify(path) });
    const third = await make();
    expect(states(third)).toEqual(['made']);
    expect(states(await make())).toEqual(['kept']);
  });

  it('before the film is done ends the export, and nothing is kept of it', async () => {
    const path = join(folder, `case-${count}`, 'source.mp4');
    writeFileSync(path, readFileSync(numbers));
    assetId = await bench.asset(path);
    clip(0, 0, 400);
    const output = join(folder, `case-${count}`, 'film.mp4');
    const overwrite = whenDone(20, () => writeFileSync(path, readFileSync(others)));
    expect(await refusalOf(make({ output, workers: 1 }, overwrite))).toBe('export/source-changed');
    expect(existsSync(output)).toBe(false);
    expect(pieces()).toEqual([]);
    bench.put(assetId, { identity: await identify(path) });
    const fresh = await make({ cacheDir: join(folder, `fresh-${count}`) });
    const again = await make();
    expect(bytesOf(again).equals(bytesOf(fresh))).toBe(true);
  });

  it('or vanishes ends the export with its name', async () => {
    const path = join(folder, `case-${count}`, 'source.mp4');
    writeFileSync(path, readFileSync(numbers));
    assetId = await bench.asset(path);
    clip(0, 0, 600);
    const output = join(folder, `case-${count}`, 'film.mp4');
    const vanish = whenDone(170, () => renameSync(path, `${path}.gone`));
    expect(await refusalOf(make({ output, workers: 1 }, vanish))).toBe('export/source-missing');
    expect(existsSync(output)).toBe(false);
    renameSync(`${path}.gone`, path);
    // What was finished before that is good.
    expect(states(await make()).slice(0, 1)).toEqual(['kept']);
  });

  it('by a table of colours is noticed too', async () => {
    const table = join(folder, `case-${count}`, 'colours.cube');
    const cube = (high: string) =>
      `LUT_3D_SIZE 2\n${[0, 1]
        .flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => [r, g, b])))
        .map((color) => color.map((value) => (value === 1 ? high : '0.0')).join(' '))
        .join('\n')}\n`;
    writeFileSync(table, cube('1.0'));
    clip(0, 0, 50, { effects: [{ id: 'l', effect: 'lut', parameters: { file: table } }] });
    await make();
    expect(states(await make())).toEqual(['kept']);
    writeFileSync(table, cube('0.5'));
    expect(states(await make())).toEqual(['made']);
  });
});

describe('what is kept', () => {
  it('is made anew where it was damaged', async () => {
    clip(0, 0, 400);
    const first = await make();
    const [cut, flipped] = pieces();
    truncateSync(cut ?? '', statSync(cut ?? '').size - 1);
    const bytes = readFileSync(flipped ?? '');
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(flipped ?? '', bytes);
    const second = await make();
    expect(states(second).toSorted()).toEqual(['kept', 'made', 'made']);
    expect(bytesOf(second).equals(bytesOf(first))).toBe(true);
    expect(states(await make())).toEqual(['kept', 'kept', 'kept']);
  });

  it('goes when nothing may be kept, and an export leaves nothing', async () => {
    clip(0, 0, 100);
    await make();
    expect(pieces()).toHaveLength(1);
    const before = process.env['INKREEL_EXPORT_CACHE_GB'];
    process.env['INKREEL_EXPORT_CACHE_GB'] = '0';
    try {
      expect(states(await make())).toEqual(['made']);
      expect(pieces()).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['INKREEL_EXPORT_CACHE_GB'];
      else process.env['INKREEL_EXPORT_CACHE_GB'] = before;
    }
  });
});

describe('a cache that cannot be used', () => {
  it('for pieces is done without', async () => {
    mkdirSync(cacheDir);
    writeFileSync(join(cacheDir, 'pieces'), 'in the way');
    clip(0, 0, 100);
    expect(states(await make())).toEqual(['made']);
    expect(states(await make())).toEqual(['made']);
    expect(readFileSync(join(cacheDir, 'pieces'), 'utf8')).toBe('in the way');
  });

  it('at all is refused with its name', async () => {
    mkdirSync(cacheDir);
    writeFileSync(join(cacheDir, 'work'), 'in the way');
    clip(0, 0, 10);
    const output = join(folder, `case-${count}`, 'film.mp4');
    expect(await refusalOf(make({ output }))).toBe('export/no-work-folder');
    expect(existsSync(output)).toBe(false);
  });

  it('because its disk is full gives up what is kept, and then refuses', async ({ skip }) => {
    const disk = mountSmallDisk(join(folder, `disk-${count}`), 1040);
    if (disk === null) {
      skip('A disk of limited size can only be mounted by the administrator.');
      return;
    }
    try {
      const place = join(disk.path, 'cache');
      mkdirSync(join(place, 'pieces'), { recursive: true });
      const old = `${'0'.repeat(40)}-1000000-${'0'.repeat(64)}.piece`;
      writeFileSync(join(place, 'pieces', old), Buffer.alloc(1_000_000));
      clip(0, 0, 400);
      const film = await make({ cacheDir: place });
      expect(states(film)).toEqual(['made', 'made', 'made']);
      expect(existsSync(join(place, 'pieces', old))).toBe(false);
      // Now something else fills the disk, and nothing is there to give up.
      rmSync(join(place, 'pieces'), { recursive: true });
      const { bavail, bsize } = statfsSync(disk.path);
      writeFileSync(join(disk.path, 'others'), Buffer.alloc((bavail - 2) * bsize));
      expect(await refusalOf(make({ cacheDir: place }))).toBe('file/disk-full');
      expect(readdirSync(join(place, 'work'))).toEqual([]);
    } finally {
      disk.unmount();
    }
  });

  it('since it is deleted in the middle ends with the same film', async () => {
    clip(0, 0, 600);
    const calm = await make({ cacheDir: join(folder, `calm-${count}`) });
    const emptied = whenDone(200, () => rmSync(cacheDir, { recursive: true, force: true }));
    const film = await make({}, emptied);
    expect(bytesOf(film).equals(bytesOf(calm))).toBe(true);
    expect(readdirSync(join(cacheDir, 'work'))).toEqual([]);
  });

  it('for all its pieces are deleted in the middle ends with the same film', async () => {
    clip(0, 0, 600);
    const calm = await make();
    const emptied = whenDone(200, () => rmSync(join(cacheDir, 'pieces'), { recursive: true }));
    expect(bytesOf(await make({}, emptied)).equals(bytesOf(calm))).toBe(true);
  });
});

describe('under way', () => {
  it('two exports of one film end with the same bytes', async () => {
    clip(0, 0, 400);
    const films = await Promise.all([make(), make()]);
    expect(bytesOf(films[0]).equals(bytesOf(films[1]))).toBe(true);
    expect(pieces()).toHaveLength(3);
  });

  it('a cancelled export leaves its finished pieces, and no file or process else', async () => {
    clip(0, 0, 600);
    const stop = new AbortController();
    const cancel = whenDone(310, () => stop.abort());
    const work = make({ workers: 1 }, { ...cancel, signal: stop.signal });
    await expect(work).rejects.toThrow(Cancelled);
    const own = (await runningProcesses()).filter(({ parent }) => parent === process.pid);
    expect(own.filter(({ command }) => command.includes('ffmpeg'))).toEqual([]);
    expect(readdirSync(join(cacheDir, 'work'))).toEqual([]);
    expect(readdirSync(join(cacheDir, 'pieces')).every((name) => name.endsWith('.piece'))).toBe(
      true,
    );
    expect(states(await make())).toEqual(['kept', 'kept', 'made', 'made']);
  });

  it('progress counts frames and says which were there', async () => {
    clip(0, 0, 300);
    await make();
    clip(300, 0, 1);
    clip(301, 400, 600);
    const told: { share: number; frames: ExportProgress }[] = [];
    await make(
      {},
      {
        report: (share, _detail, frames) => {
          if (frames) told.push({ share, frames });
        },
      },
    );
    expect(told[0]?.frames).toMatchObject({ framesDone: 300, framesCached: 300, framesTotal: 501 });
    expect(told[0]?.frames.stretches.slice(0, 2)).toEqual([
      { startFrame: 0, endFrame: 300, state: 'cached' },
      { startFrame: 300, endFrame: 501, state: 'waiting' },
    ]);
    // Begins with what is there and never goes back.
    expect(told[0]?.share).toBeGreaterThan(0.5);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(told.at(-1)?.frames).toMatchObject({ framesDone: 501, framesCached: 300 });
  });
});
