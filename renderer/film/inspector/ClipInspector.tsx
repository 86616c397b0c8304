import type { Clip, Item, Timeline } from '#core/model/entities.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { assetOf, type ProjectReader } from '#core/model/project.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { useFilmState } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { Changeable, LockNote } from './Changeable.tsx';
import { ClipSettings } from './ClipSettings.tsx';
import { assetFacts } from './facts.ts';
import { Facts, Group } from './Group.tsx';
import { NameField } from './NameField.tsx';
import { NestGroup } from './NestGroup.tsx';
import { shownEnds } from './speed.ts';
import { TimeRow } from './TimeRow.tsx';

/** A clip: its name and times, all that can be set about its picture and its sound, the file behind it. */
export function ClipInspector({ clip, timeline }: { clip: Clip; timeline: Timeline }) {
  const asset = useProject((project) => assetOf(project, clip), [clip]);
  const isLinked = useFilmState((state) => state.isLinked);
  const pictures = useProject(
    (project) => halves(project, [clip], { of: 'picture', isLinked }),
    [clip, isLinked],
  );
  const sounds = useProject(
    (project) => halves(project, [clip], { of: 'sound', isLinked }),
    [clip, isLinked],
  );
  const { nestedTimelineId } = clip;
  return (
    <>
      <LockNote items={[clip, ...pictures, ...sounds]} />
      <Changeable items={[clip]}>
        <ClipGroup clip={clip} timeline={timeline} />
      </Changeable>
      {nestedTimelineId !== undefined && <NestGroup clip={clip} nestedId={nestedTimelineId} />}
      <ClipSettings pictures={pictures} sounds={sounds} timeline={timeline} />
      {asset !== undefined && (
        <Group title="Source" kind="facts" isFolded>
          <Facts facts={assetFacts(asset)} />
        </Group>
      )}
    </>
  );
}

/** The pictures or the sounds among items; while picture and sound are edited together, with those linked to them. */
export function halves(
  project: ProjectReader,
  items: readonly Item[],
  { of, isLinked }: { of: 'picture' | 'sound'; isLinked: boolean },
): Clip[] {
  const all = isLinked ? items.flatMap((item) => project.linkedWith(item)) : items;
  const clips = [...new Set(all)].filter((item): item is Clip => item.kind === 'clip');
  return clips.filter((clip) => {
    const isSound = project.find('track', clip.placement.trackId)?.trackKind === 'audio';
    return isSound === (of === 'sound');
  });
}

function ClipGroup({ clip, timeline }: { clip: Clip; timeline: Timeline }) {
  const isLinked = useFilmState((state) => state.isLinked);
  const scope = isLinked ? 'linked' : 'alone';
  const { frameRate } = timeline.format;
  const { from, to } = shownEnds(clip.sourceRange);
  return (
    <Group title="Clip">
      <NameField
        name={clip.name}
        onRename={(name) =>
          void projectStore.edit([{ type: 'clip.rename', clipId: clip.id, name }])
        }
      />
      <TimeRow
        label="Start"
        time={itemStart(clip)}
        frameRate={frameRate}
        onCommit={(start) =>
          void projectStore.edit([{ type: 'clip.move', clipId: clip.id, to: start, scope }])
        }
      />
      <TimeRow
        label="Duration"
        time={itemDuration(clip)}
        frameRate={frameRate}
        onCommit={(duration) =>
          void projectStore.edit([
            {
              type: 'clip.trim',
              clipId: clip.id,
              edge: 'tail',
              to: addFlicks(itemStart(clip), duration),
              scope,
            },
          ])
        }
      />
      <Facts
        facts={[
          ['Source from', timecode(from, frameRate)],
          ['Source to', timecode(to, frameRate)],
        ]}
      />
    </Group>
  );
}
