import { isSameLanguage } from '../../captions/captionTracks.ts';
import { refuse } from '../../fault.ts';
import {
  type ObjectId,
  objectIdSchema,
  registerSchemas,
  type Timeline,
  type Track,
} from '../../model/entities.ts';
import { tracksOfKind } from '../../model/project.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { durationOn, refuseBeyondTimeline, timeOn } from '../arrange.ts';
import { captionTextSchema, captionWordsSchema, refuseBadWords } from './captionText.ts';
import { addTrack, findTrack } from '../clips/clipPlacement.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/**
 * Adds one caption to a caption track.
 *
 *   ...........   →   ....▓▓▓▓...     (nothing moves)
 *
 * The track: the one that is named; else the lowest of the language, or a new one in it; else the lowest. A language
 * beside a named track becomes that track's where it has none. Refuses `edit/overlap` where another caption stands,
 * `edit/wrong-language` for a track in another language, `edit/bad-words`, `edit/track-locked`, `edit/wrong-track`.
 */
export const captionAdd = defineEdit({
  type: 'caption.add',
  label: 'Add caption',
  summary:
    'Adds a caption to a caption track, which is made if there is none. Nothing else changes.',
  parameters: {
    timelineId: objectIdSchema,
    at: timeInputSchema,
    duration: timeInputSchema,
    text: captionTextSchema,
    words: captionWordsSchema.optional(),
    trackId: objectIdSchema.optional(),
    language: registerSchemas.track.shape.language.describe(
      'Language of the track (BCP 47): chooses it, or is given to a track that has none.',
    ),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const track = captionTrack(draft, timeline, command);
    const start = timeOn(timeline, command.at);
    refuseBeyondTimeline(start);
    const duration = durationOn(timeline, command.duration);
    const { text, words } = command;
    if (words !== undefined) refuseBadWords(words, { text, duration });
    const captionId = draft.create('cue', {
      placement: { trackId: track.id, start },
      duration,
      text,
      ...(words === undefined ? {} : { words }),
    });
    return { captionId };
  },
});

function captionTrack(
  draft: Draft,
  timeline: Timeline,
  wanted: { trackId?: ObjectId | undefined; language?: string | undefined },
): Track {
  const { trackId, language } = wanted;
  if (trackId === undefined && language !== undefined) {
    const track = tracksOfKind(draft.project, timeline.id, 'caption').find((candidate) =>
      isSameLanguage(candidate.language, language),
    );
    if (track !== undefined) draft.refuseLocked(track);
    return track ?? giveLanguage(draft, addTrack(draft, timeline, 'caption'), language);
  }
  const track = findTrack(draft, timeline, 'caption', trackId);
  draft.refuseLocked(track);
  if (language === undefined || isSameLanguage(track.language, language)) return track;
  if (track.language === undefined) return giveLanguage(draft, track.id, language);
  refuse(
    'edit/wrong-language',
    `Track “${track.name}” holds captions in another language. Choose another track.`,
    { trackId: track.id, language: track.language, wanted: language },
  );
}

function giveLanguage(draft: Draft, trackId: ObjectId, language: string): Track {
  draft.set<'track'>(trackId, { language });
  return draft.need('track', trackId);
}
