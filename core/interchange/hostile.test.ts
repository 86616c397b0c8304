import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { clip, fileOf, range } from '#tests/interchange/otioObjects.ts';
import { settle } from '../fault.ts';
import { rate } from '../time/rate.ts';
import { readEdl } from './fromEdl.ts';
import { readFcpxml } from './fromFcpxml.ts';
import { readOtio } from './fromOtio.ts';

vi.setConfig({ testTimeout: 60_000 });

const GOLDEN = new URL('../../tests/golden/interchange/', import.meta.url);

const READERS = {
  otio: (text: string) => readOtio(text),
  fcpxml: (text: string) => readFcpxml(text),
  edl: (text: string) => readEdl(text, rate(25)),
};
type Format = keyof typeof READERS;

/** The code with which a file is refused; null when it is read. */
function refusal(format: Format, text: string): string | null {
  return refusalOf(() => READERS[format](text));
}

function refusalOf(work: () => unknown): string | null {
  const result = settle(work);
  if (result.ok) return null;
  expect(result.error.message.length).toBeGreaterThan(20);
  return result.error.code;
}

/** A project of one clip, with other attributes for its parts. */
function project({
  clip: own = 'offset="0s" duration="1s"',
  format = 'frameDuration="1/25s"',
  inside = '',
} = {}) {
  return `<fcpxml version="1.10"><resources><format id="r1" ${format}/><asset id="r2" duration="9s" hasVideo="1"><media-rep src="file:///a.mov"/></asset></resources><project name="P"><sequence format="r1"><spine><asset-clip ref="r2" ${own}>${inside}</asset-clip></spine></sequence></project></fcpxml>`;
}

describe('Final Cut Pro XML of an enemy', () => {
  const laughs = Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  );

  test.each([
    [
      'a billion laughs',
      `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}]><fcpxml>&l9;</fcpxml>`,
      'xml/unsafe',
    ],
    [
      'a file of the computer as an entity',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><fcpxml>&e;</fcpxml>',
      'xml/unsafe',
    ],
    ['100,000 elements in each other', '<a>'.repeat(100_000), 'xml/too-deep'],
    ['another document', '<html/>', 'interchange/not-fcpxml'],
    ['a list', 'TITLE: a list', 'xml/malformed'],
    ['nothing', '', 'xml/malformed'],
    ['no project', '<fcpxml version="1.10"/>', 'interchange/no-timeline'],
    [
      'a time without end',
      project({ clip: 'offset="0s" duration="1e308s"' }),
      'interchange/malformed',
    ],
    [
      'a time that is none',
      project({ clip: 'offset="NaNs" duration="1s"' }),
      'interchange/malformed',
    ],
    [
      'a time divided by nothing',
      project({ clip: 'offset="1/0s" duration="1s"' }),
      'interchange/malformed',
    ],
    [
      'a time beyond all',
      project({ clip: 'offset="9999999999999999999s" duration="1s"' }),
      'interchange/malformed',
    ],
    [
      '210,000 clips',
      project().replace(
        /<asset-clip.*<\/asset-clip>/,
        '<asset-clip ref="r2" duration="1s"/>'.repeat(210_000),
      ),
      'interchange/too-large',
    ],
    ['1,100,000 elements', `<fcpxml>${'<a/>'.repeat(1_100_000)}</fcpxml>`, 'xml/too-large'],
  ])('%s is refused', (_, text, code) => {
    expect(refusal('fcpxml', text)).toBe(code);
  });

  test.each([
    [
      'a clip that lasts less than nothing',
      project({ clip: 'offset="0s" duration="-1s"' }),
      'interchange/empty-clip',
    ],
    [
      'a frame of no length',
      project({ format: 'frameDuration="0s"' }),
      'interchange/no-frame-rate',
    ],
    [
      'frames that run backwards',
      project({ format: 'frameDuration="-1/25s"' }),
      'interchange/no-frame-rate',
    ],
    [
      'a speed map that goes back',
      project({
        inside: '<timeMap><timept time="1s" value="0s"/><timept time="0s" value="1s"/></timeMap>',
      }),
      'interchange/speed',
    ],
    [
      'a volume without end',
      project({ inside: '<adjust-blend amount="1e308"/>' }),
      'interchange/limited',
    ],
  ])('%s is reported', (_, text, code) => {
    expect(readFcpxml(text).losses.map((loss) => loss.code)).toContain(code);
  });

  test('a timeline that contains itself is left out once', () => {
    const media =
      '<media id="m"><sequence format="r1"><spine><ref-clip ref="m" duration="1s"/></spine></sequence></media>';
    const text = project()
      .replace('</resources>', `${media}</resources>`)
      .replace(/<asset-clip.*<\/asset-clip>/, '<ref-clip ref="m" duration="1s"/>');
    expect(readFcpxml(text).losses.map(({ code }) => code)).toEqual(['interchange/nested']);
  });

  test('multicam clips that multiply end at the number of clips', () => {
    const angles = Array.from({ length: 20 }, (_, n) => {
      const used = `<mc-clip ref="m${n + 1}" duration="1s"><mc-source angleID="a"/></mc-clip>`;
      return `<media id="m${n}"><multicam><mc-angle angleID="a">${used.repeat(12)}</mc-angle></multicam></media>`;
    });
    const text = project()
      .replace('</resources>', `${angles.join('')}</resources>`)
      .replace(
        /<asset-clip.*<\/asset-clip>/,
        '<mc-clip ref="m0" duration="1s"><mc-source angleID="a"/></mc-clip>',
      );
    expect(refusal('fcpxml', text)).toBe('interchange/too-large');
  });
});

describe('OpenTimelineIO of an enemy', () => {
  test.each([
    ['a rate without end', fileOf([clip('A', range(0, 10, 1e308))]), 'interchange/malformed'],
    [
      'a rate that is none',
      fileOf([clip('A', range(0, 10))]).replaceAll('"rate":24', '"rate":NaN'),
      'interchange/malformed',
    ],
    ['a negative rate', fileOf([clip('A', range(0, 10, -24))]), 'interchange/malformed'],
    [
      'a clip that lasts less than nothing',
      fileOf([clip('A', range(0, -10))]),
      'interchange/malformed',
    ],
    [
      '100,000 lists in each other',
      `{"OTIO_SCHEMA":"Timeline.1","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'interchange/malformed',
    ],
    [
      '210,000 clips',
      `{"OTIO_SCHEMA":"Timeline.1","children":[${'{},'.repeat(210_000)}{}]}`,
      'interchange/too-large',
    ],
    ['a number', '7', 'interchange/not-otio'],
  ])('%s is refused', (_, text, code) => {
    expect(refusal('otio', text)).toBe(code);
  });
});

describe('edit decision lists of an enemy', () => {
  const event = (number: number) =>
    `${number}  A  V  C  00:00:00:00 00:00:00:01 00:00:00:00 00:00:00:01\n`;

  test.each([
    ['another format', '<fcpxml/>', 'interchange/not-edl'],
    ['nothing but line breaks', '\n'.repeat(20_000_000), 'interchange/too-large'],
    ['one endless line', 'a'.repeat(30_000_000), 'interchange/not-edl'],
    [
      '200,000 events',
      Array.from({ length: 200_000 }, (_, n) => event(n)).join(''),
      'interchange/too-large',
    ],
  ])('%s is refused', (_, text, code) => {
    expect(refusal('edl', text)).toBe(code);
  });

  test('a speed beyond all is reported', () => {
    const text = `TITLE: T\n${event(1)}M2   A   9999999.9   00:00:00:00\n`;
    expect(readEdl(text, rate(25)).losses.map(({ code }) => code)).toEqual([
      'interchange/speed-rounded',
    ]);
  });
});

describe('files cut off at every twentieth', () => {
  const names = readdirSync(GOLDEN).filter((name) => /\.(otio|fcpxml|edl)$/.test(name));

  test.each(names)('%s is refused, or read as far as it goes', (name) => {
    const text = readFileSync(new URL(name, GOLDEN), 'utf8');
    const format = name.slice(name.lastIndexOf('.') + 1) as Format;
    const read = (part: string) =>
      name === 'avid-29.97.edl'
        ? refusalOf(() => readEdl(part, rate(30000, 1001)))
        : refusal(format, part);
    expect(read(text)).toBeNull();
    for (let part = 0; part < 20; part++) {
      const code = read(text.slice(0, Math.floor((text.length * part) / 20)));
      if (format === 'otio')
        expect(['interchange/malformed', 'interchange/not-otio']).toContain(code);
      if (format === 'fcpxml') expect(code).toBe('xml/malformed');
      if (format === 'edl')
        expect([null, 'interchange/not-edl', 'interchange/malformed']).toContain(code);
    }
  });
});
