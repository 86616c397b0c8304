import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { manuscriptOf } from '../book/richManuscript.ts';
import { epubcheck } from '../support/epubcheck.ts';
import { testFolder } from '../support/folder.ts';
import { launchChromium } from '../support/studio.ts';
import {
  clickVoice,
  clipsOf,
  clockSamples,
  decoded,
  hasEspeak,
  narrate,
  sameBytes,
} from './narratedBook.ts';

const folder = testFolder('read-along');
const cacheDir = join(folder, 'cache');
/** Short enough to wait for; what drifts by 20 ms in ten hours is seen in it all the same. */
const HOURS = 0.05;
const TOLERANCE_SAMPLES = 0.02 * 44_100;

async function unpack(path: string) {
  const files = unzipSync(await readFile(path));
  return {
    names: Object.keys(files),
    bytes: (name: string) => files[name] ?? new Uint8Array(),
    text: (name: string) => strFromU8(files[name] ?? new Uint8Array()),
  };
}

describe.skipIf(!hasEspeak)('an EPUB that is read aloud', () => {
  const out = join(folder, 'book.epub');

  it('passes the official EPUBCheck without a message', async () => {
    const { checks } = await narrate({ format: 'epub-read-along', out, cacheDir });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(await epubcheck(out)).toEqual([]);
  });

  it('names a sound for every sentence, each element once and in the order of its page', async () => {
    const book = await unpack(out);
    for (const smil of book.names.filter((name) => name.endsWith('.smil'))) {
      const clips = clipsOf(book.text(smil));
      const page = book.text(`EPUB/text/${clips[0]?.page.split('/').at(-1) ?? ''}`);
      const order = clips.map(({ id }) => page.indexOf(`id="${id}"`));
      expect(order.every((place) => place > 0)).toBe(true);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      const spans = [...page.matchAll(/<span(?: class="line")? id="([^"]+)"/g)].map(([, id]) => id);
      for (const id of spans) expect(clips.some((clip) => clip.id === id)).toBe(true);
    }
  });

  it('has clips without gap or overlap that add up to the durations of the package', async () => {
    const book = await unpack(out);
    const opf = book.text('EPUB/package.opf');
    let total = 0;
    for (const smil of book.names.filter((name) => name.endsWith('.smil'))) {
      const clips = clipsOf(book.text(smil));
      let end = 0;
      for (const clip of clips) {
        expect(clip.begin).toBe(end);
        expect(clip.end).toBeGreaterThan(clip.begin);
        end = clip.end;
      }
      const href = smil.replace('EPUB/', '');
      const id = new RegExp(`<item id="([^"]+)" href="${href}"`).exec(opf)?.[1] ?? '';
      const duration = new RegExp(`refines="#${id}">([^<]+)<`).exec(opf)?.[1] ?? '';
      expect(clockSamples(duration)).toBe(end);
      const path = join(folder, 'part.m4a');
      await writeFile(path, book.bytes(smil.replaceAll('smil', 'audio').replace(/audio$/, 'm4a')));
      const samples = await decoded(path);
      // The last block of AAC is whole, so a little silence may follow.
      expect(samples.length - end).toBeGreaterThanOrEqual(0);
      expect(samples.length - end).toBeLessThan(1_024);
      total += end;
    }
    expect(clockSamples(/property="media:duration">([^<]+)</.exec(opf)?.[1] ?? '')).toBe(total);
    expect(opf).toContain('<meta property="media:narrator">English (Great Britain)</meta>');
    expect(opf).toContain(
      '<meta property="media:narrator">English (Great Britain), female 1</meta>',
    );
    expect(book.text('EPUB/css/book.css')).toContain('.-epub-media-overlay-active');
  });

  it('is the same bytes again', async () => {
    const again = join(folder, 'again.epub');
    await narrate({ format: 'epub-read-along', out: again, cacheDir: join(folder, 'anew') });
    const [first, second] = [await unpack(out), await unpack(again)];
    expect(second.names).toEqual(first.names);
    const differing = first.names.filter(
      (name) => Buffer.compare(first.bytes(name), second.bytes(name)) !== 0,
    );
    expect(differing).toEqual([]);
    expect(await sameBytes(out, again)).toBe(true);
  });
});

/** Between the level of a click and that of what follows it. */
const LOUD = 0.3;

/** Where clicks begin: the first sample of each that is loud after a time of silence. */
function onsets(samples: Float32Array): number[] {
  const found: number[] = [];
  let loudAt = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < samples.length; index++) {
    if (Math.abs(samples[index] ?? 0) < LOUD) continue;
    if (index - loudAt > 8_820) found.push(index);
    loudAt = index;
  }
  return found;
}

describe('the times of a read-along', () => {
  const out = join(folder, 'clicks.epub');
  /** From 2.4 to 7.3 seconds, no two of a whole number of milliseconds. */
  const secondsOf = (text: string) => {
    const number = createHash('sha256').update(text).digest().readUInt32BE(0);
    return 2.4 + (number % 216_001) / 44_100;
  };

  it('name the sample where each sentence is heard, as ffmpeg plays it', async () => {
    const sentences = Math.ceil((HOURS * 3_600) / 5.1);
    const text = Array.from({ length: sentences }, (_, index) => `Sentence number ${index}.`);
    await narrate({
      format: 'epub-read-along',
      out,
      cacheDir: join(folder, 'clicks'),
      manuscript: manuscriptOf(`# Clicks\n\n${text.join(' ')}`, { language: 'en-GB' }),
      settings: {},
      engines: [clickVoice(secondsOf)],
    });
    const book = await unpack(out);
    const clips = clipsOf(book.text('EPUB/smil/chapter-0001.smil'));
    expect(clips).toHaveLength(sentences + 1);
    const path = join(folder, 'clicks.m4a');
    await writeFile(path, book.bytes('EPUB/audio/chapter-0001.m4a'));
    const heard = onsets(await decoded(path));
    expect(heard).toHaveLength(clips.length);
    // The first clip has the silence at the head of the file, so its click is later than its beginning.
    const off = clips.slice(1).map(({ begin }, index) => (heard[index + 1] ?? 0) - begin);
    const [least, most] = [Math.min(...off), Math.max(...off)];
    console.info(
      `Read-along of ${((clips.at(-1)?.end ?? 0) / 44_100 / 3_600).toFixed(2)} h: sounds begin ${least} to ${most} samples after their clips.`,
    );
    expect(Math.max(-least, most)).toBeLessThanOrEqual(TOLERANCE_SAMPLES);
    // What does not grow from the first tenth to the last does not drift.
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const tenth = Math.ceil(off.length / 10);
    const drift = Math.abs(mean(off.slice(-tenth)) - mean(off.slice(0, tenth)));
    expect(drift * (10 / HOURS)).toBeLessThanOrEqual(TOLERANCE_SAMPLES);
  });

  it('and as Chromium, which most readers are made of, plays it', async () => {
    const book = await unpack(out);
    const clips = clipsOf(book.text('EPUB/smil/chapter-0001.smil'));
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const base64 = Buffer.from(book.bytes('EPUB/audio/chapter-0001.m4a')).toString('base64');
      const heard = await page.evaluate(
        async ({ data, loud }) => {
          const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
          const context = new OfflineAudioContext(1, 1, 44_100);
          const sound = (await context.decodeAudioData(bytes.buffer)).getChannelData(0);
          const found: number[] = [];
          let loudAt = -1e9;
          for (let index = 0; index < sound.length; index++) {
            if (Math.abs(sound[index] ?? 0) < loud) continue;
            if (index - loudAt > 8_820) found.push(index);
            loudAt = index;
          }
          return found;
        },
        { data: base64, loud: LOUD },
      );
      expect(heard).toHaveLength(clips.length);
      const off = clips.slice(1).map(({ begin }, index) => (heard[index + 1] ?? 0) - begin);
      console.info(`In Chromium: ${Math.min(...off)} to ${Math.max(...off)} samples after.`);
      for (const samples of off) expect(Math.abs(samples)).toBeLessThanOrEqual(TOLERANCE_SAMPLES);
    } finally {
      await browser.close();
    }
  });
});
