import { FolderOpen, X } from 'lucide-react';
import type { EffectParameter } from '#core/effects/parameters.ts';
import type { Effect } from '#core/model/effects.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { projectStore } from '../../client/project.ts';
import { chooseToOpen } from '../../client/shell.ts';
import { Button } from '../../ui/Button.tsx';
import { FIELD_ROW } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { fileName } from '../../ui/words.ts';
import { AnimatedRow } from './AnimatedRow.tsx';
import { ColorField } from './ColorField.tsx';
import type { Target } from './parameterReading.ts';
import { shownInUnit } from './shownNumber.ts';

type EffectParameterRowProps = {
  clip: Clip;
  effect: Effect;
  name: string;
  parameter: EffectParameter;
  timeline: Timeline;
};

/** One thing that an effect takes, as its table says. */
export function EffectParameterRow(props: EffectParameterRowProps) {
  const { clip, effect, name, parameter, timeline } = props;
  const stored = effect.parameters[name];
  const set = (value: string) =>
    void projectStore.edit([
      { type: 'effect.set', clipId: clip.id, effectId: effect.id, parameters: { [name]: value } },
    ]);
  if (parameter.kind === 'number') {
    const target: Target = {
      clipId: clip.id,
      effectId: effect.id,
      parameter: name,
      value: stored === undefined || typeof stored === 'string' ? parameter.default : stored,
      start: itemStart(clip),
      duration: itemDuration(clip),
    };
    return (
      <AnimatedRow
        label={parameter.label}
        timeline={timeline}
        targets={[target]}
        shown={shownInUnit(parameter.unit, parameter.step)}
        range={parameter}
        animates={parameter.animates}
      />
    );
  }
  const value = typeof stored === 'string' ? stored : parameter.default;
  switch (parameter.kind) {
    case 'choice':
      return (
        <Select
          label={parameter.label}
          layout="row"
          value={value}
          options={parameter.choices.map((choice) => ({ value: choice, label: inWords(choice) }))}
          onChange={set}
        />
      );
    case 'color':
      return <ColorField label={parameter.label} value={value} onCommit={set} />;
    case 'file':
      return (
        <FileRow
          label={parameter.label}
          path={value}
          extensions={parameter.extensions}
          onChoose={set}
        />
      );
  }
}

function FileRow(props: {
  label: string;
  path: string;
  extensions: readonly string[];
  onChoose: (path: string) => void;
}) {
  const { label, path, extensions, onChoose } = props;
  const choose = async () => {
    const [chosen] = await chooseToOpen({
      title: `Choose a file: ${label.toLowerCase()}`,
      choose: 'file',
      filters: [{ name: label, extensions: [...extensions] }],
      ...(path !== '' && { defaultPath: path }),
    });
    if (chosen !== undefined) onChoose(chosen);
  };
  return (
    <div className={FIELD_ROW}>
      <span className="truncate text-xs text-muted">{label}</span>
      <span className="flex min-w-0 items-center gap-1">
        <Button
          icon={FolderOpen}
          size="small"
          aria-label={path === '' ? `${label}: choose a file` : `${label}: ${fileName(path)}`}
          title={path === '' ? undefined : path}
          className="h-7 min-w-0 grow justify-start"
          onClick={() => void choose()}
        >
          <span className="truncate">{path === '' ? 'Choose' : fileName(path)}</span>
        </Button>
        {path !== '' && (
          <IconButton
            size="small"
            icon={X}
            label={`${label}: no file`}
            onClick={() => onChoose('')}
          />
        )}
      </span>
    </div>
  );
}

function inWords(choice: string): string {
  return `${choice[0]?.toUpperCase()}${choice.slice(1)}`;
}
