import type { Timeline } from '#core/model/entities.ts';
import { timelineFrames } from '#core/render/sceneAt.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { useProject } from '../../client/project.ts';
import { countText } from '../../ui/words.ts';
import { rateText } from './facts.ts';
import { Facts, Group } from './Group.tsx';
import { TracksGroup } from './TracksGroup.tsx';

/** What the film is, while nothing is selected. */
export function TimelineInspector({ timeline }: { timeline: Timeline }) {
  const { width, height, frameRate, sampleRateHz } = timeline.format;
  const frames = useProject((project) => timelineFrames(project, timeline.id), [timeline.id]);
  return (
    <>
      <Group title="Film" kind="facts">
        <Facts
          facts={[
            ['Size', `${width} × ${height}`],
            ['Frame rate', rateText(frameRate)],
            ['Sound', `${countText(sampleRateHz / 1000)} kHz`],
            ['Length', formatTimecode(frames, frameRate)],
            ['Frames', countText(frames)],
          ]}
        />
      </Group>
      <TracksGroup timeline={timeline} />
      <p className="px-3 py-3 text-xs text-faint">
        Select a clip, title, caption or transition to change it here.
      </p>
    </>
  );
}
