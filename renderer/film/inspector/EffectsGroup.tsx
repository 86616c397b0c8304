import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { effectNamed } from '#core/effects/effects.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Effect } from '#core/model/effects.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { addEffect } from '../effects/addEffect.ts';
import { effectGroups } from '../effects/effectWords.ts';
import { announce, useFilm } from '../filmSession.ts';
import { EffectCard } from './EffectCard.tsx';
import { Group } from './Group.tsx';

type EffectsGroupProps = { clip: Clip; of: 'picture' | 'sound'; timeline: Timeline };

/** The effects of a clip, in the order in which they apply. */
export function EffectsGroup({ clip, of, timeline }: EffectsGroupProps) {
  const session = useFilm();
  const list = useRef<HTMLOListElement>(null);
  const effects = clip.effects ?? [];
  const edit = (command: EditCommand) => projectStore.edit([command]).ok;
  const move = (effect: Effect, to: number) => {
    if (to < 0 || to >= effects.length) return;
    const isMoved = edit({
      type: 'effect.move',
      clipId: clip.id,
      effectId: effect.id,
      index: to,
    });
    if (isMoved) announce(session, `${nameOf(effect)}, ${to + 1} of ${effects.length}`);
  };
  const remove = (effect: Effect, index: number) => {
    if (!edit({ type: 'effect.remove', clipId: clip.id, effectIds: [effect.id] })) return;
    announce(session, `${nameOf(effect)} removed`);
    // The focus would be lost with what had it.
    const rest = [...(list.current?.querySelectorAll<HTMLElement>('[data-effect-head]') ?? [])];
    (rest[index + 1] ?? rest[index - 1])?.focus();
  };
  return (
    <Group
      title={of === 'picture' ? 'Effects' : 'Sound effects'}
      actions={
        <Menu items={effectMenu(of, (name) => addEffect(session, name, [clip.id]))} align="end">
          <Button look="quiet" size="small" icon={Plus} aria-label={`Add ${of} effect`}>
            Add
          </Button>
        </Menu>
      }
    >
      {effects.length === 0 ? (
        <p className="text-xs text-faint">
          {of === 'picture'
            ? 'None yet. Effects change the picture from the first to the last.'
            : 'None yet. Effects change the sound from the first to the last.'}
        </p>
      ) : (
        <ol ref={list} className="-mx-1 flex flex-col gap-1">
          {effects.map((effect, index) => (
            <EffectCard
              key={effect.id}
              clip={clip}
              effect={effect}
              place={{ index, count: effects.length }}
              timeline={timeline}
              onMove={(to) => move(effect, to)}
              onRemove={() => remove(effect, index)}
            />
          ))}
        </ol>
      )}
    </Group>
  );
}

function nameOf(effect: Effect): string {
  return effectNamed(effect.effect)?.label ?? effect.effect;
}

function effectMenu(of: 'picture' | 'sound', add: (effect: string) => void): MenuItem[] {
  const groups = effectGroups({ of });
  return groups.flatMap(({ entries }, index): MenuItem[] => [
    ...(index === 0 ? [] : [{ kind: 'line' } as const]),
    ...entries.map(({ name, label }) => ({ label, run: () => add(name) })),
  ]);
}
