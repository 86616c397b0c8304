import type { EditCommand } from '#core/edits/registry.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { projectStore } from '../client/project.ts';
import { type FilmSession, select } from './filmSession.ts';

const CAPTION_DURATION = 2 * FLICKS_PER_SECOND;

/** Puts a file behind everything, or at the playhead. */
export function placeAsset(
  session: FilmSession,
  assetId: ObjectId,
  where: 'append' | 'insert' | 'overwrite',
): void {
  const { timelineId, playhead } = session;
  const command: EditCommand =
    where === 'append'
      ? { type: 'clip.append', timelineId, assetId }
      : { type: `clip.${where}`, timelineId, assetId, at: playhead.time };
  const result = projectStore.edit([command]);
  if (result.ok) select(session, idsIn(result.value, 'clipIds'));
}

/** Puts a title or lower third at the playhead and selects it, so that its words can be typed at once. */
export function addTitle(session: FilmSession, template: 'title' | 'lowerThird'): void {
  const { timelineId, playhead } = session;
  const result = projectStore.edit([
    { type: 'title.add', timelineId, at: playhead.time, template },
  ]);
  if (result.ok) select(session, idsIn(result.value, 'titleId'));
}

/** Puts a caption of two seconds at the playhead and selects it. */
export function addCaption(session: FilmSession): void {
  const { timelineId, playhead } = session;
  const result = projectStore.edit([
    {
      type: 'caption.add',
      timelineId,
      at: playhead.time,
      duration: CAPTION_DURATION,
      text: 'New caption',
    },
  ]);
  if (result.ok) select(session, idsIn(result.value, 'captionId'));
}

function idsIn(outcomes: readonly Record<string, unknown>[], key: string): ObjectId[] {
  return outcomes
    .flatMap((outcome) => outcome[key])
    .filter((id): id is ObjectId => typeof id === 'string');
}
