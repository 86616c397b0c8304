import type { Cue, Graphic, Timeline } from '#core/model/entities.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { TimeRow } from './TimeRow.tsx';

/** Start and duration of a title or caption. */
export function ItemTimes({ item, timeline }: { item: Graphic | Cue; timeline: Timeline }) {
  const { frameRate } = timeline.format;
  return (
    <>
      <TimeRow
        label="Start"
        time={itemStart(item)}
        frameRate={frameRate}
        onCommit={(to) => void projectStore.edit([{ type: 'clip.move', clipId: item.id, to }])}
      />
      <TimeRow
        label="Duration"
        time={itemDuration(item)}
        frameRate={frameRate}
        onCommit={(duration) =>
          void projectStore.edit([
            {
              type: 'clip.trim',
              clipId: item.id,
              edge: 'tail',
              to: addFlicks(itemStart(item), duration),
            },
          ])
        }
      />
    </>
  );
}
