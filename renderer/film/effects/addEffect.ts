import { effectNamed } from '#core/effects/effects.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { plural } from '../../ui/words.ts';
import { announce, type FilmSession } from '../filmSession.ts';

/** The clips among what is selected. */
function selectedClips(session: FilmSession): ObjectId[] {
  const { open } = projectStore.store.getState();
  const { selection } = session.state.getState();
  return [...selection].filter((id) => open?.project.item(id)?.kind === 'clip');
}

/** Puts an effect behind those that clips have; by default behind those of the selected ones. */
export function addEffect(
  session: FilmSession,
  effect: string,
  clipIds: readonly ObjectId[] = selectedClips(session),
): void {
  const definition = effectNamed(effect);
  if (definition === undefined) return;
  if (clipIds.length === 0) {
    notify({
      text: `Select the clips that “${definition.label}” is for on the timeline, then add it again.`,
      topic: 'effect.noClip',
    });
    return;
  }
  const result = projectStore.edit([{ type: 'effect.add', clipIds: [...clipIds], effect }]);
  if (!result.ok) return;
  const added: unknown = result.value[0]?.['effects'];
  const count = Array.isArray(added) ? added.length : clipIds.length;
  announce(session, `${definition.label} added to ${plural(count, 'clip')}`);
}
