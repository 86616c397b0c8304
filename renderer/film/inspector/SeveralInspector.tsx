import { Trash2 } from 'lucide-react';
import type { Item, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { flicks } from '#core/time/flicks.ts';
import { runCommand, useCommandKeys } from '../../app/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { plural } from '../../ui/words.ts';
import { timecode } from '../words.ts';
import { Facts, Group } from './Group.tsx';

/** Several items: how many, from when to when, and what can be done with all of them. */
export function SeveralInspector({
  items,
  timeline,
}: {
  items: readonly Item[];
  timeline: Timeline;
}) {
  const { frameRate } = timeline.format;
  const start = flicks(items.reduce((least, item) => Math.min(least, itemStart(item)), Infinity));
  const end = flicks(items.reduce((most, item) => Math.max(most, itemEnd(item)), 0));
  return (
    <Group title={`${plural(items.length, 'item')} selected`}>
      <Facts
        facts={[
          ['Start', timecode(start, frameRate)],
          ['End', timecode(end, frameRate)],
          ['Duration', timecode(flicks(end - start), frameRate)],
        ]}
      />
      <div className="mt-1 flex flex-col items-start gap-1.5">
        <Action id="timeline.delete" label="Delete, leaving gaps" />
        <Action id="timeline.rippleDelete" label="Delete and close the gaps" />
        <Action id="timeline.dissolve" label="Dissolve at the cut" />
      </div>
    </Group>
  );
}

function Action({ id, label }: { id: string; label: string }) {
  const keys = useCommandKeys(id);
  return (
    <Button
      size="small"
      className="h-7"
      {...(id !== 'timeline.dissolve' && { icon: Trash2 })}
      onClick={() => runCommand(id)}
    >
      {label}
      {keys !== undefined && <Kbd keys={keys} />}
    </Button>
  );
}
