import { z } from 'zod';
import {
  divideWords,
  spansOfWords,
  type TextSpan,
  wordSpans,
  wordsWithin,
} from '../../captions/captionWords.ts';
import { refuse } from '../../fault.ts';
import { type Cue, objectIdSchema } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../../time/flicks.ts';
import { frameDuration, type Rate, snapToFrame } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { defineEdit } from '../definition.ts';

/** A place where a caption can be cut: before which word, and after which share of its characters. */
type Boundary = { at: number; share: number; word: number };

/**
 * Cuts a caption in two, each half with its part of the text.
 *
 *   one two three four   →   one two|three four     (nothing moves)
 *
 * At a time: words that have times go where the middle of each is spoken; without times the text is cut at the word
 * boundary nearest to the same share of the characters, of two as near the earlier. At a word, which becomes the first
 * of the right half: at the frame nearest to its time, or to its share of the characters. Neither half is ever without
 * words or shorter than a frame. Refuses `edit/not-inside`, `edit/one-word`, `edit/no-such-word`, `edit/bad-split`
 * (neither a time nor a word, or both), `edit/track-locked`.
 */
export const captionSplit = defineEdit({
  type: 'caption.split',
  label: 'Split caption',
  summary:
    'Cuts a caption in two at a time or before a word, each half with its part of the text. Nothing moves.',
  parameters: {
    captionId: objectIdSchema,
    at: timeInputSchema.optional().describe('Timeline time strictly inside the caption.'),
    word: z
      .int()
      .min(1)
      .max(2_000)
      .optional()
      .describe('Number of the word that begins the right half, from 0.'),
  },
  apply(draft, command) {
    const cue = draft.need('cue', command.captionId);
    const timeline = draft.timelineOf(cue);
    draft.refuseLocked(draft.trackOf(cue));
    if ((command.at === undefined) === (command.word === undefined)) {
      refuse('edit/bad-split', 'Say either a time or a word at which to split the caption.');
    }
    const boundaries = boundariesOf(cue);
    if (boundaries.length === 0) {
      refuse('edit/one-word', 'This caption is a single word, which cannot be split.', {
        captionId: cue.id,
      });
    }
    const { frameRate } = timeline.format;
    const asked = command.at === undefined ? null : timeOn(timeline, command.at);
    const boundary =
      asked === null
        ? boundaries.find(({ word }) => word === command.word)
        : boundaryAt(cue, boundaries, subtractFlicks(asked, itemStart(cue)));
    if (boundary === undefined) {
      refuse('edit/no-such-word', 'The caption has no such word to split at.', {
        captionId: cue.id,
        words: boundaries.length + 1,
      });
    }
    const at = asked ?? timeOfBoundary(cue, boundary, frameRate);
    if (at <= itemStart(cue) || at >= itemEnd(cue)) {
      refuse('edit/not-inside', 'The cut must be inside the caption.', { captionId: cue.id, at });
    }
    const { id: _id, kind, deleted: _deleted, ...registers } = cue;
    const { left, right } = halvesOf(cue, boundary, subtractFlicks(at, itemStart(cue)));
    const placement = { trackId: cue.placement.trackId, start: at };
    const captionId = draft.create(kind, { ...registers, ...right, placement });
    draft.set<'cue'>(cue.id, left);
    return { captionIds: [cue.id, captionId] };
  },
});

function boundariesOf(cue: Cue): Boundary[] {
  const spans = (cue.words && spansOfWords(cue.text, cue.words)) ?? wordSpans(cue.text);
  const length = (span: TextSpan) => span.to - span.from;
  const total = spans.reduce((sum, span) => sum + length(span), 0);
  let before = 0;
  return spans.flatMap((span, word) => {
    const share = before / total;
    before += length(span);
    return word === 0 ? [] : [{ at: span.from, share, word }];
  });
}

function boundaryAt(
  cue: Cue,
  boundaries: readonly Boundary[],
  offset: Flicks,
): Boundary | undefined {
  if (cue.words !== undefined) {
    const later = cue.words.findIndex(({ start, end }) => start + end >= 2 * offset);
    const word = Math.max(1, Math.min(boundaries.length, later === -1 ? boundaries.length : later));
    return boundaries.find((boundary) => boundary.word === word);
  }
  const distance = ({ share }: Boundary) => Math.abs(share * itemDuration(cue) - offset);
  return boundaries.reduce<Boundary | undefined>(
    (best, one) => (best !== undefined && distance(best) <= distance(one) ? best : one),
    undefined,
  );
}

function timeOfBoundary(cue: Cue, boundary: Boundary, frameRate: Rate): Flicks {
  const offset =
    cue.words?.[boundary.word]?.start ?? flicks(Math.round(itemDuration(cue) * boundary.share));
  const frame = frameDuration(frameRate);
  const at = snapToFrame(addFlicks(itemStart(cue), offset), frameRate);
  return maxFlicks(
    addFlicks(itemStart(cue), frame),
    minFlicks(subtractFlicks(itemEnd(cue), frame), at),
  );
}

function halvesOf(cue: Cue, { at }: Boundary, offset: Flicks) {
  const divided = cue.words && divideWords(cue.text, cue.words, at);
  const half = (text: string, words: Cue['words'], from: Flicks, to: Flicks) => ({
    text: text.trim(),
    duration: subtractFlicks(to, from),
    words: words && wordsWithin(words, from, to),
  });
  return {
    left: half(cue.text.slice(0, at), divided?.left, ZERO, offset),
    right: half(cue.text.slice(at), divided?.right, offset, itemDuration(cue)),
  };
}
