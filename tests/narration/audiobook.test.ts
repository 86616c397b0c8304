import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { narrationScript } from '#core/narration/narrationScript.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { decoded, hasEspeak, narratedBook, narrate, sameBytes, twoVoices } from './narratedBook.ts';

const folder = testFolder('narration');
const cacheDir = join(folder, 'cache');

type Probe = {
  chapters: { start_time: string; end_time: string; tags: { title: string } }[];
  streams: {
    codec_name: string;
    codec_type: string;
    sample_rate?: string;
    channels?: number;
    bit_rate?: string;
    disposition: { attached_pic: number };
  }[];
  format: { duration: string; tags: Record<string, string> };
};

async function probe(path: string): Promise<Probe> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_chapters', '-show_streams', '-show_format', '-of', 'json', path],
  ]);
  return JSON.parse(stdout) as Probe;
}

/** What ffmpeg measures: level over all, true peak, level of the quietest half second. */
async function measured(path: string) {
  const { stderr } = await run('ffmpeg', [
    ...['-hide_banner', '-nostats', '-i', path, '-map', '0:a:0'],
    ...['-af', 'astats=measure_perchannel=none,ebur128=peak=true:framelog=verbose'],
    ...['-f', 'null', '-'],
  ]);
  const number = (pattern: RegExp) => Number(pattern.exec(stderr)?.[1] ?? Number.NaN);
  return {
    rmsDb: number(/RMS level dB: (\S+)/),
    truePeakDb: number(/True peak:\s+Peak:\s+(\S+) dBFS/),
  };
}

function rmsOf(samples: Float32Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10(energy / samples.length);
}

describe.skipIf(!hasEspeak)('an audiobook', () => {
  const titles = () =>
    narrationScript(narratedBook(), { settings: {}, voice: 'a/b', use: 'audiobook' }).map(
      ({ title }) => title,
    );

  it('is one M4B with chapters on their samples, a cover, and the levels that ACX asks for', async () => {
    const out = join(folder, 'book.m4b');
    const made = await narrate({ format: 'm4b', out, cacheDir });
    expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
    const { chapters, streams, format } = await probe(out);
    expect(chapters.map(({ tags }) => tags.title)).toEqual(titles());
    expect(titles()).toEqual(['Opening credits', 'The Lamp', 'Letters', '3', 'Closing credits']);
    let end = 0;
    for (const { start_time, end_time } of chapters) {
      // Hundredths of a second are whole samples, so a time that is one names its sample exactly.
      expect(Number(start_time)).toBe(end);
      expect(start_time).toMatch(/^\d+\.\d\d0000$/);
      end = Number(end_time);
    }
    expect(Number(format.duration)).toBeCloseTo(made.durationSeconds, 6);
    expect(end).toBeCloseTo(made.durationSeconds, 6);
    expect(format.tags).toMatchObject({
      title: 'Four Minutes & a Lamp',
      artist: 'Ann O’Neil',
      genre: 'Audiobook',
      media_type: '2',
    });
    const sound = streams.find(({ codec_type }) => codec_type === 'audio');
    expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: '44100', channels: 1 });
    expect(streams.some(({ disposition }) => disposition.attached_pic === 1)).toBe(true);
    const levels = await measured(out);
    expect(levels.rmsDb).toBeGreaterThan(-23);
    expect(levels.rmsDb).toBeLessThan(-18);
    expect(levels.truePeakDb).toBeLessThanOrEqual(-3);
    // Every chapter begins with more than half a second of silence and ends with more than one.
    const samples = await decoded(out);
    for (const { start_time, end_time } of chapters) {
      const [from, to] = [Number(start_time) * 44_100, Number(end_time) * 44_100];
      expect(rmsOf(samples.subarray(from, from + 22_050))).toBeLessThan(-60);
      expect(rmsOf(samples.subarray(from + 22_050, from + 88_200))).toBeGreaterThan(-60);
      expect(rmsOf(samples.subarray(to - 44_100, to))).toBeLessThan(-60);
    }
  });

  it('does without a cover where there is no browser, and says so', async () => {
    const { INKREEL_BROWSER: before = '' } = process.env;
    process.env['INKREEL_BROWSER'] = join(folder, 'no-browser');
    try {
      const out = join(folder, 'plain.m4b');
      const { checks } = await narrate({ format: 'm4b', out, cacheDir });
      expect(checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'cover', level: 'notice' }]);
      expect((await probe(out)).streams.some(({ codec_type }) => codec_type === 'video')).toBe(
        false,
      );
    } finally {
      process.env['INKREEL_BROWSER'] = before;
    }
  });

  it('is the same bytes again, with nothing to speak anew, and from an empty cache', async () => {
    const [first, again, anew] = ['book.m4b', 'again.m4b', 'anew.m4b'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const kept = await narrate({ format: 'm4b', out: again, cacheDir });
    expect(kept.newlySpoken).toBe(0);
    expect(await sameBytes(first, again)).toBe(true);
    const fresh = await narrate({ format: 'm4b', out: anew, cacheDir: join(folder, 'other') });
    expect(fresh.newlySpoken).toBeGreaterThan(20);
    expect(await sameBytes(first, anew)).toBe(true);
  });

  it('is an MP3 for each chapter of 192 kbps, each within the levels', async () => {
    const out = join(folder, 'chapters');
    const made = await narrate({ format: 'mp3-chapters', out, cacheDir });
    expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
    const names = (await readdir(out)).sort();
    expect(names).toEqual([
      '001 Opening credits.mp3',
      '002 The Lamp.mp3',
      '003 Letters.mp3',
      '004 3.mp3',
      '005 Closing credits.mp3',
    ]);
    for (const name of names) {
      const { streams } = await probe(join(out, name));
      const sound = streams.find(({ codec_type }) => codec_type === 'audio');
      expect(sound).toMatchObject({ codec_name: 'mp3', sample_rate: '44100', bit_rate: '192000' });
      const levels = await measured(join(out, name));
      expect(levels.rmsDb, name).toBeGreaterThan(-23);
      expect(levels.rmsDb, name).toBeLessThan(-18);
      expect(levels.truePeakDb, name).toBeLessThanOrEqual(-3);
    }
  });

  it('is one MP3 with chapters', async () => {
    const out = join(folder, 'book.mp3');
    const made = await narrate({ format: 'mp3', out, cacheDir });
    expect(made.checks.filter(({ ok }) => !ok)).toEqual([]);
    const { chapters } = await probe(out);
    expect(chapters.map(({ tags }) => tags.title)).toEqual(titles());
    const again = join(folder, 'again.mp3');
    await narrate({ format: 'mp3', out: again, cacheDir });
    expect(await sameBytes(out, again)).toBe(true);
  });

  it('speaks again only what a change of the lexicon, of a voice or of the text touches', async () => {
    const manuscript = narratedBook();
    const settings = {
      ...twoVoices(manuscript),
      lexicon: [{ word: 'Skerrow', spoken: 'Skarroe' }],
    };
    const changed = await narrate({
      format: 'mp3',
      out: join(folder, 'changed.mp3'),
      cacheDir,
      manuscript,
      settings,
    });
    // “Skerrow had one lamp.” and the sentence after it.
    expect(changed.newlySpoken).toBe(2);
  });

  it('keeps no sentence that was damaged in the cache', async () => {
    const kept = join(folder, 'other', 'narration', 'pieces');
    const names = await readdir(kept);
    await truncate(join(kept, names[0] ?? ''), 100);
    const again = await narrate({
      format: 'm4b',
      out: join(folder, 'mended.m4b'),
      cacheDir: join(folder, 'other'),
    });
    expect(again.newlySpoken).toBe(1);
    expect(await sameBytes(join(folder, 'book.m4b'), join(folder, 'mended.m4b'))).toBe(true);
  });
});
