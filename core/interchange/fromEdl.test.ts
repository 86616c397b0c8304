import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settle } from '../fault.ts';
import { frameAt, type Rate, rate } from '../time/rate.ts';
import { readEdl } from './fromEdl.ts';

const GOLDEN = new URL('../../tests/golden/interchange/', import.meta.url);
const R25 = rate(25);

/** Each track as its name and its items in frames. */
function tracksOf(text: string, frameRate: Rate = R25) {
  return readEdl(text, frameRate).timeline.tracks.map((track) => [
    track.name,
    ...track.items.map((item) =>
      item.kind === 'gap'
        ? `gap ${frameAt(item.duration, frameRate)}`
        : `${item.mediaUrl ?? 'none'} ${frameAt(item.sourceRange.in, frameRate)}-${frameAt(item.sourceRange.out, frameRate)}`,
    ),
  ]);
}

const codes = (text: string) => readEdl(text, R25).losses.map((loss) => loss.code);

const list = (...lines: string[]) => ['TITLE: T', ...lines].join('\r\n');

describe('a list of another program', () => {
  const text = readFileSync(new URL('other-program-25.edl', GOLDEN), 'utf8');

  test('has its clips on a track for each channel, from its first hour on', () => {
    expect(readEdl(text, R25).timeline.name).toBe('OTHER PROGRAM');
    expect(tracksOf(text)).toEqual([
      [
        'V1',
        'interview.mov 900000-900062',
        'street.mxf 262-300',
        'gap 25',
        'street.mxf 1500-1524',
        'none 900225-900250',
        'none 25-50',
        'none 25-50',
      ],
      ['A1', 'interview.mov 900000-900050', 'gap 87', 'none 900225-900250'],
      ['A2', 'gap 137', 'none 900225-900250'],
    ]);
  });

  test('says what was not kept', () => {
    expect(readEdl(text, R25).losses.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'interchange/key event 006',
      'interchange/key event 007',
      'interchange/track-kind event 008',
      'interchange/unknown-line line 23',
      'interchange/start-time timeline',
      'interchange/overlap event 005',
    ]);
  });
});

test('drop-frame comes from the list or from its labels', () => {
  const r = rate(30000, 1001);
  const labels = '00:00:00:00 00:00:01:00 00:01:00:02 00:01:01:02';
  const event = `001  A  V  C  ${labels}`;
  expect(tracksOf(list('FCM: DROP FRAME', event), r)).toEqual([['V1', 'gap 1800', 'none 0-30']]);
  expect(tracksOf(list('FCM: NON-DROP FRAME', event), r)).toEqual([
    ['V1', 'gap 1802', 'none 0-30'],
  ]);
  expect(tracksOf(list(event.replaceAll(/:(\d\d)(?= |$)/g, ';$1')), r)).toEqual([
    ['V1', 'gap 1800', 'none 0-30'],
  ]);
});

test('dissolves that join no two clips become cuts, which is said', () => {
  const fromBlack = list(
    '001  BL   V  C      00:00:00:00 00:00:00:00 00:00:00:00 00:00:00:00',
    '001  ONE  V  D 010  00:00:02:00 00:00:04:00 00:00:00:00 00:00:02:00',
    '* TO CLIP NAME: one.mov',
  );
  expect(tracksOf(fromBlack)).toEqual([['V1', 'one.mov 50-100']]);
  expect(codes(fromBlack)).toEqual(['interchange/transition-place']);
});

test('a dissolve longer than its clip ends with it', () => {
  const text = list(
    '001  ONE  V  C      00:00:02:00 00:00:04:00 00:00:00:00 00:00:02:00',
    '002  TWO  V  D 250  00:00:10:00 00:00:10:10 00:00:02:00 00:00:02:10',
  );
  expect(readEdl(text, R25).timeline.tracks[0]?.transitions).toHaveLength(1);
  expect(tracksOf(text)).toEqual([['V1', 'none 50-105', 'none 255-260']]);
});

describe('files that are no lists are refused', () => {
  const event = '001  ONE  V  C  00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00';
  test.each([
    ['nothing', '', 'not-edl'],
    ['a letter', 'Dear reader,\n', 'not-edl'],
    ['a frame too many', list(event.replace('01:00 00', '01:25 00')), 'no-such-timecode'],
    ['backwards', list('1 A V C 00:00:00:00 00:00:01:00 00:00:02:00 00:00:01:00'), 'malformed'],
    ['without end', manyEvents(), 'too-large'],
  ])('%s', (_, text, code) => {
    const result = settle(() => readEdl(text, R25));
    expect(result.ok ? null : result.error.code).toBe(`interchange/${code}`);
  });

  function manyEvents(): string {
    return Array.from({ length: 100_001 }, (_, index) => event.replace('001', String(index))).join(
      '\n',
    );
  }
});
