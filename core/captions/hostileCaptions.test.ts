import { describe, expect, it } from 'vitest';
import { settle } from '../fault.ts';
import { readCaptions } from './readCaptions.ts';

/** A fifth of what a caption file may be: large enough to tell what grows with the square of it. */
const SIZE = 2_000_000;
const fill = (piece: string, size = SIZE) => piece.repeat(Math.floor(size / piece.length));
const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;
const vtt = (text: string) => `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`;
const ass = (text: string) =>
  `[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,${text}\n`;

/** Time enough on a slow and busy machine, and far too little for anything that grows with the square. */
const LIMIT = 8_000;

describe('a large file that is made to be slow is read in time to its size', () => {
  it.each([
    ['timings without words', () => fill('0:0:0 --> 0:0:1\n', 4_000_000), 'captions/too-large'],
    ['timings in a row', () => `0:0:0 --> 0:0:1\n${fill('1-->')} x`, null],
    ['white space in a timing', () => `0:0:0${fill(' ')}x`, 'captions/not-captions'],
    ['white space after a timing', () => srt('x') + `0:0:3 --> 0:0:4${fill(' ')}x`, null],
    ['digits', () => fill('1'), 'captions/not-captions'],
    ['empty lines', () => srt(fill('\n')), null],
    ['carriage returns', () => srt(fill('\r')), null],
    ['characters of no width', () => srt(fill('\0')), null],
    ['open tags', () => srt(fill('<b ')), null],
    ['timestamps', () => vtt(fill('<00:01.500>')), null],
    [
      'timestamps that come later and later',
      () => {
        const stamp = (_: unknown, index: number) =>
          `<00:01.${String(index + 1).padStart(9, '0')}>a `;
        return vtt(Array.from({ length: 100_000 }, stamp).join(''));
      },
      null,
    ],
    ['tags in tags', () => vtt(fill('<c') + fill('>', SIZE / 4)), null],
    ['references', () => vtt(fill('&amp')), null],
    ['syllables', () => ass(fill('{\\k1}a ')), null],
    ['syllables of no end', () => ass(fill('{\\k9999999}a')), null],
    ['open braces', () => ass(fill('{\\k')), null],
    ['commas', () => ass(fill(',')), null],
    [
      'fields',
      () => {
        const format = `Format: ${fill('a,', 1_000_000)}Text\n`;
        return `[Events]\n${format}${fill('Dialogue: 0:0:0\n', 1_000_000)}`;
      },
      null,
    ],
    ['headings', () => `[Events]\n${fill('[')}`, null],
  ])(
    '%s',
    (_, text, code) => {
      const content = text();
      const started = performance.now();
      const result = settle(() => readCaptions(content));
      expect(result.ok ? null : result.error.code).toBe(code);
      expect(performance.now() - started).toBeLessThan(LIMIT);
    },
    60_000,
  );
});

describe('times that cannot be', () => {
  it('in SubRip lose their caption, and no word of it becomes another’s', () => {
    const text = `${srt('One')}\n2\n1e308 --> 1e309\nTwo\n\n3\n-00:00:05,000 --> 00:00:06,000\nThree\n\n4\n00:00:07,000 --> 00:00:08,000\nFour\n`;
    const { cues, losses } = readCaptions(text);
    expect(cues.map((cue) => cue.text)).toEqual(['One', 'Four']);
    expect(losses).toMatchObject([{ code: 'captions/bad-time', where: 'line 6 and 1 more' }]);
  });

  it('beyond 30 days lose their caption', () => {
    const { cues, losses } = readCaptions('9999:59:59,999 --> 9999:59:59,999\nLate\n');
    expect(cues).toEqual([]);
    expect(losses.map(({ code }) => code)).toEqual(['captions/bad-time']);
  });

  it('do not come from white space after a timing', () => {
    const { cues, losses } = readCaptions('00:00:01,000 --> 00:00:02,000 \t\nOne\n');
    expect(cues.map((cue) => cue.text)).toEqual(['One']);
    expect(losses).toEqual([]);
  });
});
