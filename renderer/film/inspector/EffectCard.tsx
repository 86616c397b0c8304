import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { effectNamed } from '#core/effects/effects.ts';
import type { Effect } from '#core/model/effects.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { EffectParameterRow } from './EffectParameterRow.tsx';

type EffectCardProps = {
  clip: Clip;
  effect: Effect;
  place: { index: number; count: number };
  timeline: Timeline;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** One effect: on or off, its place, what it takes. Alt with the arrow keys moves it, Delete removes it. */
export function EffectCard(props: EffectCardProps) {
  const { clip, effect, place, timeline, onMove, onRemove } = props;
  const [isFolded, setFolded] = useState(false);
  const id = useId();
  const definition = effectNamed(effect.effect);
  const label = definition?.label ?? effect.effect;
  const isOn = effect.disabled !== true;

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey && event.key === 'ArrowUp') onMove(place.index - 1);
    else if (event.altKey && event.key === 'ArrowDown') onMove(place.index + 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else return;
    // Delete would also remove the clip.
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <li className="flex flex-col gap-2 rounded-md bg-raised px-1 py-1">
      <div className="flex items-center gap-0.5">
        <Switch
          label={`${label} is on`}
          checked={isOn}
          onChange={(enabled) =>
            void projectStore.edit([
              { type: 'effect.setEnabled', clipId: clip.id, effectIds: [effect.id], enabled },
            ])
          }
        />
        <button
          type="button"
          data-effect-head
          aria-expanded={!isFolded}
          aria-controls={id}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          onClick={() => setFolded(!isFolded)}
          onKeyDown={onKeyDown}
          className={classes(
            'flex h-6 min-w-0 grow items-center gap-0.5 rounded-sm pr-1 text-left text-xs font-medium hover:bg-hover',
            isOn ? 'text-strong' : 'text-faint',
          )}
        >
          <Icon icon={isFolded ? ChevronRight : ChevronDown} size={14} className="text-faint" />
          <span className="truncate">{label}</span>
        </button>
        {place.count > 1 && (
          <>
            <IconButton
              size="small"
              icon={ArrowUp}
              label={`Apply ${label} earlier`}
              keys="Alt+ArrowUp"
              disabled={place.index === 0}
              onClick={() => onMove(place.index - 1)}
            />
            <IconButton
              size="small"
              icon={ArrowDown}
              label={`Apply ${label} later`}
              keys="Alt+ArrowDown"
              disabled={place.index === place.count - 1}
              onClick={() => onMove(place.index + 1)}
            />
          </>
        )}
        <IconButton
          size="small"
          icon={X}
          label={`Remove ${label}`}
          keys="Delete"
          onClick={onRemove}
        />
      </div>
      <div id={id} hidden={isFolded} className={isFolded ? 'hidden' : 'flex flex-col gap-2 px-1'}>
        {definition === undefined ? (
          <p className="text-xs text-muted">
            This version of Inkreel does not know this effect. It is kept, and left out of the film.
          </p>
        ) : (
          Object.entries(definition.parameters).map(([name, parameter]) => (
            <EffectParameterRow
              key={name}
              clip={clip}
              effect={effect}
              name={name}
              parameter={parameter}
              timeline={timeline}
            />
          ))
        )}
      </div>
    </li>
  );
}
