import type { EditCommand } from '#core/edits/registry.ts';
import type { Asset, ObjectId } from '#core/model/entities.ts';
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

/** Whether both ends of a range are marked on the timeline. */
export function isRangeMarked({ timelineId }: FilmSession): boolean {
  const { open } = projectStore.store.getState();
  const range = open?.project.find('timeline', timelineId)?.markedRange;
  return range?.in !== undefined && range.out !== undefined;
}

/** Puts a file into the marked range: from its beginning on, as much as fits, or all of it at another speed. */
export function placeInRange(session: FilmSession, asset: Asset, how: 'part' | 'all'): void {
  const points = how === 'all' ? { in: 0, out: asset.facts.duration, fit: 'fill' as const } : {};
  const result = projectStore.edit([
    { type: 'clip.place', timelineId: session.timelineId, assetId: asset.id, ...points },
  ]);
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
