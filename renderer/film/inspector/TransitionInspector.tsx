import { Trash2 } from 'lucide-react';
import type { Timeline, Transition } from '#core/model/entities.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { select, useFilm } from '../filmSession.ts';
import { Facts, Group } from './Group.tsx';
import { TimeRow } from './TimeRow.tsx';

type TransitionInspectorProps = { transition: Transition; timeline: Timeline };

/** A dissolve: how long it is, and its end. */
export function TransitionInspector({ transition, timeline }: TransitionInspectorProps) {
  const session = useFilm();
  const { before, after } = transition.reach;
  const { incomingId, outgoingId } = transition.cut;
  const names = useProject(
    (project) => [outgoingId, incomingId].map((id) => project.find('clip', id)?.name ?? ''),
    [outgoingId, incomingId],
  );
  return (
    <Group title="Dissolve">
      <TimeRow
        label="Duration"
        time={addFlicks(before, after)}
        frameRate={timeline.format.frameRate}
        onCommit={(duration) => {
          const result = projectStore.edit([
            { type: 'transition.add', clipId: incomingId, edge: 'head', duration },
          ]);
          const made = result.ok ? result.value[0]?.['transitionIds'] : undefined;
          const id: unknown = Array.isArray(made) ? made[0] : undefined;
          if (typeof id === 'string') select(session, [id]);
        }}
      />
      <Facts
        facts={[
          ['From', names[0] ?? ''],
          ['To', names[1] ?? ''],
        ]}
      />
      <Button
        icon={Trash2}
        size="small"
        className="mt-1 h-7 self-start"
        onClick={() =>
          void projectStore.edit([{ type: 'transition.remove', transitionId: transition.id }])
        }
      >
        Remove dissolve
      </Button>
    </Group>
  );
}
