import { describe, expect, it, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import type { Cue } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { tracksOfKind } from '../../model/project.ts';
import { FLICKS_PER_SECOND, flicks } from '../../time/flicks.ts';
import type { AnyCommand } from '../applyEdit.ts';

const FRAME = FLICKS_PER_SECOND / 25;

type Word = [text: string, start: number, end: number];
type Spoken = { at: number; frames: number; text: string; words?: Word[] };

const wordsIn = (words: readonly Word[]) =>
  words.map(([text, start, end]) => ({
    text,
    start: flicks(start * FRAME),
    end: flicks(end * FRAME),
  }));

/** A caption track with captions, and ways to look at it in frames. */
function captions(...spoken: Spoken[]) {
  const sample = sampleProject();
  const { project, timelineId } = sample;
  apply(project, 'track', [
    { type: 'track.add', timelineId, trackKind: 'caption', trackId: 'track' },
  ]);
  const ids = spoken.map(({ at, frames, text, words }, index) => {
    const made = apply(project, `c${index}`, [
      {
        type: 'caption.add',
        timelineId,
        trackId: 'track',
        at: `${at}f`,
        duration: `${frames}f`,
        text,
        ...(words === undefined ? {} : { words: wordsIn(words) }),
      },
    ]);
    return String(made.outcomes[0]?.['captionId']);
  });
  const [captionId = ''] = ids;
  const cues = () => project.itemsOn('track').filter((item): item is Cue => item.kind === 'cue');
  return {
    ...sample,
    ids,
    captionId,
    edit: (command: AnyCommand) => apply(project, `e${cues().length}`, [command]),
    refusal: (command: AnyCommand) => refusalOf(project, [command]),
    shown: () =>
      cues().map((cue) => [itemStart(cue) / FRAME, itemEnd(cue) / FRAME, cue.text] as const),
    words: () =>
      cues().map((cue) =>
        cue.words?.map(({ text, start, end }) => [text, start / FRAME, end / FRAME]),
      ),
  };
}

const FOUR: Spoken = {
  at: 10,
  frames: 40,
  text: 'one two three four',
  words: [
    ['one', 0, 10],
    ['two', 10, 12],
    ['three', 30, 34],
    ['four', 34, 40],
  ],
};

describe('caption.split', () => {
  test('at a time gives each half the words spoken in it', () => {
    const { edit, shown, words, captionId } = captions(FOUR);
    edit({ type: 'caption.split', captionId, at: '30f' });
    expect(shown()).toEqual([
      [10, 30, 'one two'],
      [30, 50, 'three four'],
    ]);
    expect(words()).toEqual([
      [
        ['one', 0, 10],
        ['two', 10, 12],
      ],
      [
        ['three', 10, 14],
        ['four', 14, 20],
      ],
    ]);
  });

  test('inside a word gives it to the half in which most of it is spoken', () => {
    const { edit, shown, words, captionId } = captions(FOUR);
    edit({ type: 'caption.split', captionId, at: '43f' });
    expect(shown().map(([, , text]) => text)).toEqual(['one two three', 'four']);
    expect(words()[0]?.at(-1)).toEqual(['three', 30, 33]);
    const early = captions(FOUR);
    early.edit({ type: 'caption.split', captionId: early.captionId, at: '41f' });
    expect(early.shown().map(([, , text]) => text)).toEqual(['one two', 'three four']);
    expect(early.words()[1]?.[0]).toEqual(['three', 0, 3]);
  });

  test('leaves neither half without words, be the cut before the first one', () => {
    const { edit, shown, words, captionId } = captions({
      at: 0,
      frames: 20,
      text: 'one two',
      words: [
        ['one', 10, 12],
        ['two', 12, 14],
      ],
    });
    edit({ type: 'caption.split', captionId, at: '5f' });
    expect(shown()).toEqual([
      [0, 5, 'one'],
      [5, 20, 'two'],
    ]);
    expect(words()).toEqual([[['one', 5, 5]], [['two', 7, 9]]]);
  });

  test('without word times cuts at the boundary nearest to the share of characters', () => {
    const spoken = { at: 0, frames: 30, text: 'aaaa bb\ncccc' };
    const cutAt = (at: string) => {
      const { edit, shown, captionId } = captions(spoken);
      edit({ type: 'caption.split', captionId, at });
      return shown().map(([, , text]) => text);
    };
    expect(cutAt('1f')).toEqual(['aaaa', 'bb\ncccc']);
    expect(cutAt('15f')).toEqual(['aaaa', 'bb\ncccc']);
    expect(cutAt('16f')).toEqual(['aaaa bb', 'cccc']);
    expect(cutAt('29f')).toEqual(['aaaa bb', 'cccc']);
  });

  test('at a word cuts at its time, or at its share of the characters', () => {
    const timed = captions(FOUR);
    timed.edit({ type: 'caption.split', captionId: timed.captionId, word: 2 });
    expect(timed.shown()).toEqual([
      [10, 40, 'one two'],
      [40, 50, 'three four'],
    ]);
    const plain = captions({ at: 0, frames: 30, text: 'aaaa bb\ncccc' });
    plain.edit({ type: 'caption.split', captionId: plain.captionId, word: 2 });
    expect(plain.shown()).toEqual([
      [0, 18, 'aaaa bb'],
      [18, 30, 'cccc'],
    ]);
  });

  test('cuts Chinese and Japanese between characters', () => {
    const { edit, shown, captionId } = captions({ at: 0, frames: 40, text: '你好世界' });
    edit({ type: 'caption.split', captionId, at: '20f' });
    expect(shown()).toEqual([
      [0, 20, '你好'],
      [20, 40, '世界'],
    ]);
  });

  test('refuses what it cannot do', () => {
    const { refusal, captionId } = captions(FOUR, { at: 60, frames: 20, text: 'single' });
    const split = (more: object, id = captionId) =>
      refusal({ type: 'caption.split', captionId: id, ...more });
    expect(split({})).toBe('edit/bad-split');
    expect(split({ at: '20f', word: 1 })).toBe('edit/bad-split');
    expect(split({ at: '10f' })).toBe('edit/not-inside');
    expect(split({ at: '50f' })).toBe('edit/not-inside');
    expect(split({ word: 4 })).toBe('edit/no-such-word');
    expect(split({ at: '70f' }, 'c1-1')).toBe('edit/one-word');
    expect(split({ at: '20f' }, 'nothing')).toBe('edit/no-such-cue');
    const short = captions({ at: 0, frames: 1, text: 'one two' });
    expect(short.refusal({ type: 'caption.split', captionId: 'c0-1', word: 1 })).toBe(
      'edit/not-inside',
    );
  });
});

describe('caption.merge', () => {
  const [first, second, third] = [
    { at: 0, frames: 10, text: 'one two', words: wordsOf(['one', 0, 4], ['two', 5, 10]) },
    { at: 15, frames: 10, text: 'three 34' },
    { at: 25, frames: 5, text: 'five' },
  ] as const;

  test('joins neighbours, the gap between them included, and keeps words in time', () => {
    const { edit, shown, words, ids } = captions(first, second, third);
    edit({ type: 'caption.merge', captionIds: [ids[1], ids[0]] });
    expect(shown()).toEqual([
      [0, 25, 'one two three 34'],
      [25, 30, 'five'],
    ]);
    expect(words()[0]?.slice(0, 2)).toEqual([
      ['one', 0, 4],
      ['two', 5, 10],
    ]);
    // Words that had no times share those of their caption by their characters.
    const [three, last] = [words()[0]?.[2], words()[0]?.[3]];
    expect(three?.[1]).toBe(15);
    expect(three?.[2]).toBeCloseTo(15 + 50 / 7, 6);
    expect(last).toEqual(['34', three?.[2], 25]);
  });

  test('with line breaks, and without word times where there are none', () => {
    const { edit, shown, words, ids } = captions({ at: 0, frames: 5, text: 'a' }, second, third);
    edit({ type: 'caption.merge', captionIds: ids, join: 'line' });
    expect(shown()).toEqual([[0, 30, 'a\nthree 34\nfive']]);
    expect(words()).toEqual([undefined]);
  });

  test('takes back a split', () => {
    const { edit, shown, words, captionId } = captions(FOUR);
    const before = [shown(), words()];
    const made = edit({ type: 'caption.split', captionId, at: '30f' });
    const captionIds = made.outcomes[0]?.['captionIds'];
    edit({ type: 'caption.merge', captionIds });
    expect([shown(), words()]).toEqual(before);
  });

  test('refuses captions that are not neighbours, and too much text', () => {
    const { refusal, ids, timelineId, edit } = captions(first, second, third);
    const merge = (captionIds: readonly unknown[]) =>
      refusal({ type: 'caption.merge', captionIds });
    expect(merge([ids[0], ids[2]])).toBe('edit/not-neighbours');
    expect(merge([ids[0], ids[0]])).toBe('edit/not-neighbours');
    edit({ type: 'track.add', timelineId, trackKind: 'caption', trackId: 'other' });
    const made = edit({
      type: 'caption.add',
      timelineId,
      trackId: 'other',
      at: '10f',
      duration: '5f',
      text: 'x',
    });
    expect(merge([ids[0], made.outcomes[0]?.['captionId']])).toBe('edit/not-neighbours');
    const long = captions(
      { at: 0, frames: 5, text: 'a'.repeat(200) },
      { at: 5, frames: 5, text: 'b'.repeat(200) },
    );
    expect(long.refusal({ type: 'caption.merge', captionIds: long.ids })).toBe(
      'edit/caption-too-long',
    );
  });
});

describe('caption.setText', () => {
  const changed = (text: string) => {
    const { edit, words, captionId } = captions(FOUR);
    edit({ type: 'caption.setText', captionId, text });
    return words()[0];
  };

  it('keeps the times of words that are the same, however they are spaced', () => {
    expect(changed('one two\nthree  four')).toEqual(FOUR.words);
  });

  it('gives changed words the time between those that stayed', () => {
    expect(changed('one 2nd three four')).toEqual([
      ['one', 0, 10],
      ['2nd', 10, 30],
      ['three', 30, 34],
      ['four', 34, 40],
    ]);
    expect(changed('one second 2 four')).toEqual([
      ['one', 0, 10],
      ['second', 10, expect.closeTo(10 + (24 * 6) / 7, 6)],
      ['2', expect.closeTo(10 + (24 * 6) / 7, 6), 34],
      ['four', 34, 40],
    ]);
    expect(changed('one four')).toEqual([
      ['one', 0, 10],
      ['four', 34, 40],
    ]);
  });

  it('takes time from a neighbour for a word that has none', () => {
    expect(changed('one two three and four')).toEqual([
      ['one', 0, 10],
      ['two', 10, 12],
      ['three', 12, expect.closeTo(12 + (22 * 5) / 8, 6)],
      ['and', expect.closeTo(12 + (22 * 5) / 8, 6), 34],
      ['four', 34, 40],
    ]);
  });

  it('spreads a wholly new text over the caption', () => {
    expect(changed('ab cd')).toEqual([
      ['ab', 0, 20],
      ['cd', 20, 40],
    ]);
  });

  it('drops times only where a word is too long to have one', () => {
    expect(changed('x'.repeat(201))).toBeUndefined();
  });
});

describe('caption.setWords', () => {
  const words = (...list: Word[]) => wordsIn(list);

  it('takes words that are the text, in order, within the caption, and takes them away', () => {
    const { edit, words: now, captionId } = captions({ at: 0, frames: 10, text: 'to-get her' });
    edit({
      type: 'caption.setWords',
      captionId,
      words: words(['to-', 0, 2], ['get', 2, 2], ['her', 5, 10]),
    });
    expect(now()[0]).toEqual([
      ['to-', 0, 2],
      ['get', 2, 2],
      ['her', 5, 10],
    ]);
    edit({ type: 'caption.setWords', captionId, words: null });
    expect(now()).toEqual([undefined]);
  });

  it.each<[string, Word[]]>([
    [
      'another text',
      [
        ['one', 0, 5],
        ['tow', 5, 10],
      ],
    ],
    ['a word less', [['one', 0, 5]]],
    [
      'a word more',
      [
        ['one', 0, 5],
        ['two', 5, 8],
        ['two', 8, 10],
      ],
    ],
    [
      'words in another order',
      [
        ['one', 5, 10],
        ['two', 0, 5],
      ],
    ],
    [
      'words at once',
      [
        ['one', 0, 6],
        ['two', 5, 10],
      ],
    ],
    [
      'a word before the caption',
      [
        ['one', -1, 5],
        ['two', 5, 10],
      ],
    ],
    [
      'a word after the caption',
      [
        ['one', 0, 5],
        ['two', 5, 11],
      ],
    ],
    [
      'a word that ends before it starts',
      [
        ['one', 5, 0],
        ['two', 5, 10],
      ],
    ],
  ])('refuses %s', (_, list) => {
    const { refusal, captionId } = captions({ at: 0, frames: 10, text: 'one two' });
    expect(refusal({ type: 'caption.setWords', captionId, words: words(...list) })).toBe(
      'edit/bad-words',
    );
  });
});

describe('caption.setTimes', () => {
  it('moves a caption of the same length with its words', () => {
    const { edit, shown, words, captionId } = captions(FOUR);
    edit({ type: 'caption.setTimes', captionId, start: '20f', end: '60f' });
    expect(shown()).toEqual([[20, 60, FOUR.text]]);
    expect(words()[0]).toEqual(FOUR.words);
  });

  it('leaves words in time when an edge moves', () => {
    const { edit, shown, words, captionId } = captions(FOUR);
    edit({ type: 'caption.setTimes', captionId, start: '5f', end: '45f' });
    edit({ type: 'caption.setTimes', captionId, start: '15f' });
    expect(shown()).toEqual([[15, 45, FOUR.text]]);
    // Both edges by the same distance is a move; then the head is cut by ten frames.
    expect(words()[0]).toEqual([
      ['one', 0, 0],
      ['two', 0, 2],
      ['three', 20, 24],
      ['four', 24, 30],
    ]);
  });

  it('refuses what is no time for it', () => {
    const { refusal, captionId } = captions(FOUR, { at: 60, frames: 10, text: 'x' });
    const set = (times: object) => refusal({ type: 'caption.setTimes', captionId, ...times });
    expect(set({ start: '50f' })).toBe('edit/bad-duration');
    expect(set({ end: '5f' })).toBe('edit/bad-duration');
    expect(set({ end: '61f' })).toBe('edit/overlap');
    expect(set({ start: -1000000000 })).toBe('edit/bad-time');
  });
});

describe('caption.shift and caption.stretch', () => {
  const spoken: Spoken[] = [
    {
      at: 10,
      frames: 10,
      text: 'a b',
      words: [
        ['a', 0, 5],
        ['b', 5, 10],
      ],
    },
    { at: 20, frames: 5, text: 'c' },
    { at: 100, frames: 50, text: 'd' },
  ];

  test('shift moves the chosen ones, or all of a track', () => {
    const { edit, shown, words, ids } = captions(...spoken);
    edit({ type: 'caption.shift', captionIds: [ids[0], ids[1]], by: '7f' });
    expect(shown().map(([start, end]) => [start, end])).toEqual([
      [17, 27],
      [27, 32],
      [100, 150],
    ]);
    edit({ type: 'caption.shift', trackId: 'track', by: '-17f' });
    expect(shown().map(([start, end]) => [start, end])).toEqual([
      [0, 10],
      [10, 15],
      [83, 133],
    ]);
    expect(words()[0]).toEqual([
      ['a', 0, 5],
      ['b', 5, 10],
    ]);
  });

  test('stretch scales about an anchor, words alike, and keeps captions that touch together', () => {
    const { edit, shown, words } = captions(...spoken);
    edit({ type: 'caption.stretch', trackId: 'track', anchor: '10f', from: '110f', to: '210f' });
    expect(shown().map(([start, end]) => [start, end])).toEqual([
      [10, 30],
      [30, 40],
      [190, 290],
    ]);
    expect(words()[0]).toEqual([
      ['a', 0, 10],
      ['b', 10, 20],
    ]);
    edit({ type: 'caption.stretch', trackId: 'track', anchor: '300f', from: '200f', to: '250f' });
    expect(shown().map(([start, end]) => [start, end])).toEqual([
      [155, 165],
      [165, 170],
      [245, 295],
    ]);
  });

  test('drift of a film at another rate is exact, hours later too', () => {
    const { edit, project, ids } = captions({ at: 25 * 3600 * 2, frames: 25, text: 'late' });
    edit({
      type: 'caption.stretch',
      trackId: 'track',
      from: '90090f',
      to: '90000f',
    });
    const cue = project.item(ids[0] ?? '');
    // 180,000 × 1000 ∕ 1001 = 179,820.18; the end, a second later, 179,845.15.
    expect(cue && [itemStart(cue) / FRAME, itemEnd(cue) / FRAME]).toEqual([179_820, 179_845]);
  });

  test('a caption keeps at least a frame', () => {
    const { edit, shown } = captions({ at: 100, frames: 3, text: 'a' });
    edit({ type: 'caption.stretch', trackId: 'track', from: '100f', to: '10f' });
    expect(shown()).toEqual([[10, 11, 'a']]);
  });

  test('refuse what cannot be', () => {
    const { refusal, ids, edit, captionId } = captions(...spoken);
    const shift = (more: object) => refusal({ type: 'caption.shift', ...more });
    const stretch = (more: object) =>
      refusal({ type: 'caption.stretch', trackId: 'track', ...more });
    expect(shift({ by: '1f' })).toBe('edit/nothing-chosen');
    expect(shift({ by: '1f', trackId: 'track', captionIds: ids })).toBe('edit/nothing-chosen');
    expect(shift({ by: '-11f', trackId: 'track' })).toBe('edit/bad-time');
    expect(shift({ by: '1f', captionIds: [captionId] })).toBe('edit/overlap');
    expect(stretch({ from: '0f', to: '10f' })).toBe('edit/bad-stretch');
    expect(stretch({ anchor: '50f', from: '40f', to: '60f' })).toBe('edit/bad-stretch');
    expect(stretch({ from: '1f', to: '64000000f' })).toBe('edit/bad-time');
    edit({ type: 'track.set', trackId: 'track', locked: true });
    expect(shift({ by: '1f', trackId: 'track' })).toBe('edit/track-locked');
    for (const command of [
      { type: 'caption.split', captionId, at: '15f' },
      { type: 'caption.merge', captionIds: ids },
      { type: 'caption.setText', captionId, text: 'x' },
      { type: 'caption.setWords', captionId, words: null },
      { type: 'caption.setTimes', captionId, start: '11f' },
    ]) {
      expect(refusal(command)).toBe('edit/track-locked');
    }
  });
});

describe('caption.add in a language', () => {
  it('finds the track of the language, makes one, and gives a language to a track without', () => {
    const { project, timelineId } = sampleProject();
    const add = (at: number, more: object) =>
      apply(project, `a${at}`, [
        { type: 'caption.add', timelineId, at: `${at}f`, duration: '5f', text: 'x', ...more },
      ]);
    add(0, {});
    add(10, { language: 'de' });
    add(20, { language: 'DE' });
    const tracks = () =>
      tracksOfKind(project, timelineId, 'caption').map((track) => [
        track.language,
        project.itemsOn(track.id).length,
      ]);
    expect(tracks()).toEqual([
      [undefined, 1],
      ['de', 2],
    ]);
    const [unnamed, german] = tracksOfKind(project, timelineId, 'caption');
    add(30, { trackId: unnamed?.id, language: 'en-GB' });
    expect(tracks()).toEqual([
      ['en-GB', 2],
      ['de', 2],
    ]);
    const refused = (more: object) =>
      refusalOf(project, [
        { type: 'caption.add', timelineId, at: '50f', duration: '5f', text: 'x', ...more },
      ]);
    expect(refused({ trackId: german?.id, language: 'en' })).toBe('edit/wrong-language');
    expect(refused({ language: 'not a tag' })).toBe('edit/bad-command');
    expect(refused({ words: [{ text: 'y', start: 0, end: 1 }] })).toBe('edit/bad-words');
    apply(project, 'lock', [{ type: 'track.set', trackId: german?.id ?? '', locked: true }]);
    expect(refused({ language: 'de' })).toBe('edit/track-locked');
  });
});

function wordsOf(...words: Word[]): Word[] {
  return words;
}
