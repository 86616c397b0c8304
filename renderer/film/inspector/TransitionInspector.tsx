import { Trash2 } from 'lucide-react';
import { useId } from 'react';
import {
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
  type Timeline,
  type Transition,
} from '#core/model/entities.ts';
import { itemStart } from '#core/model/items.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { FIELD_ROW } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Changeable, LockNote } from './Changeable.tsx';
import { common } from './clipTargets.ts';
import { Facts, Group } from './Group.tsx';
import { TimeRow } from './TimeRow.tsx';
import { DIRECTION_WORDS, hasDirection, reachFor, TRANSITION_WORDS } from './transitionWords.ts';

const KINDS = TRANSITION_KINDS.map((value) => ({ value, label: TRANSITION_WORDS[value] }));
const DIRECTIONS = TRANSITION_DIRECTIONS.map((value) => ({ value, label: DIRECTION_WORDS[value] }));

type TransitionInspectorProps = { transitions: readonly Transition[]; timeline: Timeline };

/** Transitions: what kind, how long before and after the cut, and whether the sound cross-fades with them. */
export function TransitionInspector({ transitions, timeline }: TransitionInspectorProps) {
  const [first] = transitions;
  const incoming = useProject(
    (project) => transitions.flatMap(({ cut }) => project.item(cut.incomingId) ?? []),
    [transitions],
  );
  if (first === undefined) return null;
  return (
    <Changeable items={incoming}>
      <LockNote items={incoming} />
      <Group
        title={transitions.length === 1 ? 'Transition' : `${transitions.length} transitions`}
        name="Transition"
      >
        <KindRows transitions={transitions} />
        {transitions.length === 1 && <ReachRows transition={first} timeline={timeline} />}
        <Button
          icon={Trash2}
          size="small"
          className="mt-1 h-7 self-start"
          onClick={() =>
            void projectStore.edit([
              {
                type: 'transition.remove',
                transitionId: first.id,
                transitionIds: transitions.slice(1).map(({ id }) => id),
              },
            ])
          }
        >
          {transitions.length === 1 ? 'Remove transition' : 'Remove transitions'}
        </Button>
      </Group>
    </Changeable>
  );
}

function KindRows({ transitions }: { transitions: readonly Transition[] }) {
  const isSound = useProject(
    (project) => transitions.every((transition) => isOfSound(project, transition)),
    [transitions],
  );
  const kind = common(transitions.map(({ transitionKind }) => transitionKind));
  const direction = common(transitions.map((one) => one.direction ?? 'left'));
  const transitionIds = transitions.map(({ id }) => id);
  if (isSound) return <Facts facts={[['Kind', 'Cross-fade of sound']]} />;
  return (
    <>
      <Select
        label="Kind"
        layout="row"
        value={kind}
        options={KINDS}
        onChange={(transitionKind) =>
          void projectStore.edit([
            {
              type: 'transition.replace',
              transitionIds,
              transitionKind,
              ...(hasDirection(transitionKind) && direction !== null && { direction }),
            },
          ])
        }
      />
      {kind !== null && hasDirection(kind) && (
        <Select
          label="Moves"
          layout="row"
          value={direction}
          options={DIRECTIONS}
          onChange={(next) =>
            void projectStore.edit([
              { type: 'transition.replace', transitionIds, transitionKind: kind, direction: next },
            ])
          }
        />
      )}
    </>
  );
}

function ReachRows({ transition, timeline }: { transition: Transition; timeline: Timeline }) {
  const { before, after } = transition.reach;
  const { incomingId, outgoingId } = transition.cut;
  const { frameRate } = timeline.format;
  const names = useProject(
    (project) => [outgoingId, incomingId].map((id) => project.find('clip', id)?.name ?? ''),
    [outgoingId, incomingId],
  );
  const setReach = (reach: { before?: number; after?: number }) =>
    void projectStore.edit([
      { type: 'transition.setReach', transitionId: transition.id, ...reach },
    ]);
  return (
    <>
      <TimeRow
        label="Duration"
        time={addFlicks(before, after)}
        frameRate={frameRate}
        onCommit={(duration) => setReach(reachFor(transition.reach, duration, frameRate))}
      />
      <TimeRow
        label="Before the cut"
        time={before}
        frameRate={frameRate}
        onCommit={(time) => setReach({ before: time })}
      />
      <TimeRow
        label="After the cut"
        time={after}
        frameRate={frameRate}
        onCommit={(time) => setReach({ after: time })}
      />
      <CrossFadeRow transition={transition} />
      <Facts
        facts={[
          ['From', names[0] ?? ''],
          ['To', names[1] ?? ''],
        ]}
      />
    </>
  );
}

/** Whether the linked sound cross-fades at the same cut; nothing where there is none. */
function CrossFadeRow({ transition }: { transition: Transition }) {
  const id = useId();
  const [soundId, crossFadeId] = useProject(
    (project) => soundAt(project, transition),
    [transition],
  );
  if (soundId === undefined) return null;
  const { before, after } = transition.reach;
  const toggle = (isOn: boolean) =>
    void projectStore.edit([
      isOn
        ? {
            type: 'transition.add',
            clipId: soundId,
            edge: 'head',
            duration: addFlicks(before, after),
            before,
            scope: 'alone',
          }
        : { type: 'transition.remove', transitionId: crossFadeId ?? '', scope: 'alone' },
    ]);
  return (
    <div className={FIELD_ROW}>
      <label htmlFor={id} className="text-xs text-muted">
        Cross-fade sound
      </label>
      <Switch
        id={id}
        label="Cross-fade sound"
        checked={crossFadeId !== undefined}
        onChange={toggle}
      />
    </div>
  );
}

function isOfSound(project: ProjectReader, { cut }: Transition): boolean {
  const incoming = project.find('clip', cut.incomingId);
  return project.find('track', incoming?.placement.trackId ?? '')?.trackKind === 'audio';
}

/** The sound linked with the clip behind the cut, where it has its own cut there, and the cross-fade across that. */
function soundAt(
  project: ProjectReader,
  transition: Transition,
): [soundId?: string, crossFadeId?: string] {
  const incoming = project.find('clip', transition.cut.incomingId);
  if (incoming === undefined || isOfSound(project, transition)) return [];
  const sound = project
    .linkedWith(incoming)
    .find(
      (item) =>
        item.id !== incoming.id &&
        itemStart(item) === itemStart(incoming) &&
        project.find('track', item.placement.trackId)?.trackKind === 'audio',
    );
  if (sound === undefined) return [];
  const crossFade = project.transitionsOf(sound.id).find(({ cut }) => cut.incomingId === sound.id);
  return crossFade === undefined ? [sound.id] : [sound.id, crossFade.id];
}
