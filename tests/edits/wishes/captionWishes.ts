import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Cue, ObjectId } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { flicks } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import { anyTime, type Moment, pick, timeWithin, type Wish } from '../wish.ts';

const TEXTS = ['One two three', 'Fish\nand chips', '你好世界', 'a bb ccc dddd', 'Single'];

function cuesOf(moment: Moment): Cue[] {
  return moment.items.filter((item): item is Cue => item.kind === 'cue');
}

function anyCue(moment: Moment): Cue | undefined {
  return pick(cuesOf(moment), moment.chances.which);
}

const idOf = (item: { id: ObjectId } | undefined) => item?.id ?? 'nothing';
const tracksOf = (moment: Moment, ids: readonly ObjectId[]) =>
  ids.flatMap((id) => moment.sample.project.item(id)?.placement.trackId ?? []);
const bare = (text: string) => text.replaceAll(/\s/g, '');

/** The cue as it was before, or is now, when it is one. */
function asCue(item: unknown): Cue | undefined {
  return (item as Cue | undefined)?.kind === 'cue' ? (item as Cue) : undefined;
}

/** What no caption command may break: words are the text, in order, within the caption. */
function expectSoundWords(cues: readonly (Cue | undefined)[]): void {
  for (const cue of cues) {
    if (cue?.words === undefined) continue;
    expect(bare(cue.words.map((word) => word.text).join(''))).toBe(bare(cue.text));
    const times = [0, ...cue.words.flatMap(({ start, end }) => [start, end]), cue.duration];
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
}

const wordsFor = (text: string, frames: number, frame: number) => {
  const words = text.split(/\s+/);
  const length = Math.floor((frames * frame) / (words.length + 1));
  return words.map((word, index) => ({
    text: word,
    start: flicks(index * length),
    end: flicks(index * length + Math.floor(length / 2)),
  }));
};

const CAPTION_REGISTERS = ['placement', 'duration', 'text', 'words'];

/** Three captions behind each other after everything else; words and gaps by chance. */
function threeCaptions(moment: Moment): EditCommand[] {
  const { amount, flag } = moment.chances;
  const end = moment.items.reduce((latest, item) => Math.max(latest, itemEnd(item)), 0);
  return [0, 1, 2].map((index) => {
    const text = pick(TEXTS, amount + index) ?? '';
    return {
      type: 'caption.add',
      timelineId: moment.timeline.id,
      language: 'fr',
      at: end + (index * 20 + (index === 2 && flag ? 5 : 0)) * moment.frame,
      duration: '20f',
      text,
      ...((amount + index) % 3 === 0 ? {} : { words: wordsFor(text, 20, moment.frame) }),
    };
  });
}

export const CAPTION_WISHES: Record<string, Wish> = {
  captionAdd: {
    command: (moment) => {
      const { which, other, flag } = moment.chances;
      const text = pick(TEXTS, which) ?? '';
      const frames = 3 + (other % 30);
      return {
        type: 'caption.add',
        timelineId: moment.timeline.id,
        at: anyTime(moment),
        duration: `${frames}f`,
        text,
        ...(other % 3 === 0 ? { language: pick(['de', 'en'], other) ?? 'de' } : {}),
        ...(flag ? { words: wordsFor(text, frames, moment.frame) } : {}),
      };
    },
    registers: ['language'],
    scope: ({ tracks }) =>
      tracks.filter((track) => track.trackKind === 'caption').map((track) => track.id),
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'caption.add') return;
      for (const [id, item] of before) expect(now(id)).toEqual(item);
      const cue = asCue(now('it-1')) ?? asCue(now('it-2'));
      expect(cue?.text).toBe(command.text);
      expectSoundWords([cue]);
    },
  },
  captionSplit: {
    prepare: threeCaptions,
    command: (moment) => {
      const cue = anyCue(moment);
      return {
        type: 'caption.split',
        captionId: idOf(cue),
        ...(moment.chances.flag || cue === undefined
          ? { word: 1 + (moment.chances.amount % 4) }
          : { at: timeWithin(cue, moment) }),
      };
    },
    registers: CAPTION_REGISTERS,
    scope: (moment) => tracksOf(moment, [idOf(anyCue(moment))]),
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'caption.split') return;
      const [whole, left, right] = [
        asCue(before.get(command.captionId)),
        asCue(now(command.captionId)),
        asCue(now('it-1')),
      ];
      if (whole === undefined || left === undefined || right === undefined) {
        throw new Error('A split caption is two captions');
      }
      expect(itemStart(left)).toBe(itemStart(whole));
      expect(itemEnd(left)).toBe(itemStart(right));
      expect(itemEnd(right)).toBe(itemEnd(whole));
      expect(bare(left.text + right.text)).toBe(bare(whole.text));
      expect(left.text.trim() !== '' && right.text.trim() !== '').toBe(true);
      expectSoundWords([left, right]);
      if (whole.words === undefined) {
        if (command.at === undefined) return;
        // No other boundary between words is nearer to the share of the characters at the cut.
        const share = (text: string) =>
          (bare(text).length / bare(whole.text).length) * whole.duration;
        const distance = Math.abs(share(left.text) - left.duration);
        for (const match of whole.text.matchAll(/\s+/g)) {
          const other = share(whole.text.slice(0, match.index));
          expect(distance).toBeLessThanOrEqual(
            Math.abs(other - left.duration) + moment.frame / 1e6,
          );
        }
      } else {
        expect([...(left.words ?? []), ...(right.words ?? [])].map((word) => word.text)).toEqual(
          whole.words.map((word) => word.text),
        );
      }
    },
  },
  captionMerge: {
    prepare: threeCaptions,
    command: (moment) => {
      const { project } = moment.sample;
      const rests = cuesOf(moment)
        .map((cue) => {
          const onTrack = project.itemsOn(cue.placement.trackId);
          return onTrack.slice(onTrack.indexOf(cue));
        })
        .filter((rest) => rest.length > 1);
      const rest = pick(rests, moment.chances.which) ?? [];
      const ids = rest.slice(0, 2 + (moment.chances.amount % 2)).map((item) => item.id);
      return {
        type: 'caption.merge',
        captionIds: ids.length < 2 ? ['nothing', 'else'] : ids.reverse(),
        join: moment.chances.flag ? 'space' : 'line',
      };
    },
    registers: [...CAPTION_REGISTERS, 'deleted'],
    scope: (moment, command) =>
      command.type === 'caption.merge' ? tracksOf(moment, command.captionIds) : [],
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'caption.merge') return;
      const cues = command.captionIds
        .flatMap((id) => asCue(before.get(id)) ?? [])
        .sort((a, b) => itemStart(a) - itemStart(b));
      const [first, last] = [cues[0], cues.at(-1)];
      const merged = asCue(now(idOf(first)));
      if (first === undefined || last === undefined || merged === undefined) {
        throw new Error('Merged captions are one');
      }
      expect([itemStart(merged), itemEnd(merged)]).toEqual([itemStart(first), itemEnd(last)]);
      expect(merged.text).toBe(
        cues.map((cue) => cue.text).join(command.join === 'line' ? '\n' : ' '),
      );
      for (const cue of cues.slice(1)) expect(now(cue.id)).toBeUndefined();
      expectSoundWords([merged]);
      const spoken = (cue: Cue) =>
        (cue.words ?? []).map(({ text, start, end }) => [
          text,
          itemStart(cue) + start,
          itemStart(cue) + end,
        ]);
      expect(spoken(merged)).toEqual(expect.arrayContaining(cues.flatMap(spoken)));
    },
  },
  captionSetText: {
    prepare: threeCaptions,
    command: (moment) => {
      const cue = anyCue(moment);
      const added = `${cue?.text ?? ''} ${pick(TEXTS, moment.chances.other) ?? ''}`;
      return {
        type: 'caption.setText',
        captionId: idOf(cue),
        text: moment.chances.flag ? added : (pick(TEXTS, moment.chances.other) ?? ''),
      };
    },
    registers: ['text', 'words'],
    scope: (moment) => tracksOf(moment, [idOf(anyCue(moment))]),
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'caption.setText') return;
      const [old, cue] = [asCue(before.get(command.captionId)), asCue(now(command.captionId))];
      expect(cue?.text).toBe(command.text.trim());
      expect(cue?.duration).toBe(old?.duration);
      expect(cue?.words === undefined).toBe(old?.words === undefined);
      expectSoundWords([cue]);
    },
  },
  captionSetWords: {
    prepare: threeCaptions,
    command: (moment) => {
      const cue = anyCue(moment);
      const frames = cue ? itemDuration(cue) / moment.frame : 1;
      const text = moment.chances.amount % 5 === 0 ? 'Other words' : (cue?.text ?? 'None');
      return {
        type: 'caption.setWords',
        captionId: idOf(cue),
        words: moment.chances.amount % 7 === 0 ? null : wordsFor(text, frames, moment.frame),
      };
    },
    registers: ['words'],
    scope: (moment) => tracksOf(moment, [idOf(anyCue(moment))]),
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'caption.setWords') return;
      const cue = asCue(now(command.captionId));
      expect(cue?.words ?? null).toEqual(command.words);
      expect(cue?.text).toBe(asCue(before.get(command.captionId))?.text);
      expectSoundWords([cue]);
    },
  },
  captionSetTimes: {
    prepare: threeCaptions,
    command: (moment) => {
      const cue = anyCue(moment);
      const { amount, other, flag } = moment.chances;
      const start = (cue ? itemStart(cue) : 0) + ((amount % 9) - 4) * moment.frame;
      const end = (cue ? itemEnd(cue) : 0) + ((other % 9) - 4) * moment.frame;
      return {
        type: 'caption.setTimes',
        captionId: idOf(cue),
        start,
        ...(flag ? { end } : {}),
      };
    },
    registers: ['placement', 'duration', 'words'],
    scope: (moment) => tracksOf(moment, [idOf(anyCue(moment))]),
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'caption.setTimes') return;
      const [old, cue] = [asCue(before.get(command.captionId)), asCue(now(command.captionId))];
      if (old === undefined || cue === undefined) throw new Error('The caption is gone');
      expect(itemStart(cue)).toBe(command.start ?? itemStart(old));
      expect(itemEnd(cue)).toBe(command.end ?? itemEnd(old));
      expect(cue.text).toBe(old.text);
      expectSoundWords([cue]);
      const moved = cue.duration === old.duration ? itemStart(cue) - itemStart(old) : 0;
      for (const [index, word] of (old.words ?? []).entries()) {
        const spoken = itemStart(old) + word.start + moved;
        const inside = Math.max(itemStart(cue), Math.min(itemEnd(cue), spoken));
        expect(itemStart(cue) + (cue.words?.[index]?.start ?? Number.NaN)).toBe(inside);
      }
    },
  },
  captionShift: {
    prepare: threeCaptions,
    command: (moment) => {
      const { amount, other, flag } = moment.chances;
      const cue = anyCue(moment);
      const by = `${(amount % 41) - 12}f`;
      return flag || cue === undefined
        ? {
            type: 'caption.shift',
            captionIds: [idOf(cue), idOf(pick(cuesOf(moment), other))],
            by: by as `${number}f`,
          }
        : { type: 'caption.shift', trackId: cue.placement.trackId, by: by as `${number}f` };
    },
    registers: ['placement'],
    scope: (_, command) =>
      command.type === 'caption.shift'
        ? [...(command.captionIds ?? []), ...(command.trackId ? [command.trackId] : [])]
        : [],
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'caption.shift') return;
      const by = Number.parseInt(String(command.by), 10) * frameOf(moment);
      for (const [id, old] of before) {
        const isChosen =
          command.captionIds?.includes(id) || old.placement.trackId === command.trackId;
        const start = flicks(itemStart(old) + (isChosen ? by : 0));
        expect(now(id)).toEqual({ ...old, placement: { ...old.placement, start } });
      }
    },
  },
  captionStretch: {
    prepare: threeCaptions,
    command: (moment) => {
      const { amount, other } = moment.chances;
      const cue = anyCue(moment);
      return {
        type: 'caption.stretch',
        ...(cue ? { trackId: cue.placement.trackId } : { captionIds: ['nothing'] }),
        anchor: `${amount % 30}f` as const,
        from: `${(amount % 30) + 40}f` as const,
        to: `${(amount % 30) + 30 + (other % 40)}f` as const,
      };
    },
    registers: ['placement', 'duration', 'words'],
    scope: (_, command) =>
      command.type === 'caption.stretch' && command.trackId ? [command.trackId] : [],
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'caption.stretch') return;
      const frame = frameOf(moment);
      const frames = (input: unknown) => Number.parseInt(String(input), 10);
      const anchor = frames(command.anchor);
      const [span, scaled] = [frames(command.from) - anchor, frames(command.to) - anchor];
      const moved = (time: number) =>
        Math.floor((2 * (time / frame - anchor) * scaled + span) / (2 * span)) + anchor;
      for (const [id, old] of before) {
        const cue = asCue(now(id));
        if (old.placement.trackId !== command.trackId || cue === undefined) continue;
        const start = moved(itemStart(old));
        expect(itemStart(cue) / frame).toBe(start);
        expect(itemEnd(cue) / frame).toBe(Math.max(start + 1, moved(itemEnd(old))));
        expectSoundWords([cue]);
      }
    },
  },
};

function frameOf(moment: Moment): number {
  return frameDuration(moment.timeline.format.frameRate);
}
