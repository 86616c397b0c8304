import { Trash2 } from 'lucide-react';
import type { Graphic, Item, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { flicks } from '#core/time/flicks.ts';
import { runCommand, useCommandKeys } from '../../app/commands.ts';
import { useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { plural } from '../../ui/words.ts';
import { useFilmState } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { Changeable, LockNote } from './Changeable.tsx';
import { halves } from './ClipInspector.tsx';
import { ClipSettings } from './ClipSettings.tsx';
import { Facts, Group } from './Group.tsx';
import { TitleSettings } from './TitleInspector.tsx';

type SeveralInspectorProps = { items: readonly Item[]; timeline: Timeline };

/** Several items: how many, from when to when, what can be done with all of them, and what they have in common. */
export function SeveralInspector({ items, timeline }: SeveralInspectorProps) {
  const isLinked = useFilmState((state) => state.isLinked);
  const pictures = useProject(
    (project) => halves(project, items, { of: 'picture', isLinked }),
    [items, isLinked],
  );
  const sounds = useProject(
    (project) => halves(project, items, { of: 'sound', isLinked }),
    [items, isLinked],
  );
  const titles = items.filter((item): item is Graphic => item.kind === 'graphic');
  const { frameRate } = timeline.format;
  const start = flicks(items.reduce((least, item) => Math.min(least, itemStart(item)), Infinity));
  const end = flicks(items.reduce((most, item) => Math.max(most, itemEnd(item)), 0));
  return (
    <>
      <Group title={`${plural(items.length, 'item')} selected`} name="Several" kind="facts">
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
      <LockNote items={[...titles, ...pictures, ...sounds]} />
      {titles.length > 0 && (
        <Changeable items={titles}>
          <TitleSettings graphics={titles} />
        </Changeable>
      )}
      {pictures.length + sounds.length > 0 && (
        <ClipSettings pictures={pictures} sounds={sounds} timeline={timeline} />
      )}
    </>
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
