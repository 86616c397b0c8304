import type { Timeline } from '#core/model/entities.ts';
import { timelineFrames } from '#core/render/sceneAt.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { useProject } from '../../client/project.ts';
import { countText, plural } from '../../ui/words.ts';
import { TRACK_KIND_WORDS } from '../words.ts';
import { rateText } from './facts.ts';
import { Facts, Group } from './Group.tsx';

/** What the film is, while nothing is selected. */
export function TimelineInspector({ timeline }: { timeline: Timeline }) {
  const { width, height, frameRate, sampleRateHz } = timeline.format;
  const frames = useProject((project) => timelineFrames(project, timeline.id), [timeline.id]);
  const tracks = useProject((project) => project.tracksOf(timeline.id).reverse(), [timeline.id]);
  const counts = useProject(
    (project) =>
      project
        .tracksOf(timeline.id)
        .reverse()
        .map((track) => project.itemsOn(track.id).length),
    [timeline.id],
  );
  return (
    <>
      <Group title="Film">
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
      <Group title="Tracks">
        <Facts
          facts={tracks.map(
            (track, index) =>
              [
                track.name,
                `${TRACK_KIND_WORDS[track.trackKind]}, ${plural(counts[index] ?? 0, 'item')}`,
              ] as const,
          )}
        />
      </Group>
      <p className="px-3 py-3 text-xs text-faint">
        Select a clip, title, caption or dissolve to change it here.
      </p>
    </>
  );
}
