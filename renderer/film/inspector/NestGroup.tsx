import { ListVideo } from 'lucide-react';
import type { Clip, ObjectId } from '#core/model/entities.ts';
import { timelineEnd } from '#core/model/project.ts';
import { runCommand } from '../../app/commands.ts';
import { useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { select, useFilm } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { rateText } from './facts.ts';
import { Facts, Group } from './Group.tsx';

/** The timeline that a clip shows. */
export function NestGroup({ clip, nestedId }: { clip: Clip; nestedId: ObjectId }) {
  const session = useFilm();
  const nested = useProject((project) => project.find('timeline', nestedId), [nestedId]);
  const end = useProject((project) => timelineEnd(project, nestedId), [nestedId]);
  if (nested === undefined) return null;
  const { width, height, frameRate } = nested.format;
  return (
    <Group title="Nested timeline" kind="facts">
      <Facts
        facts={[
          ['Name', nested.name],
          ['Format', `${width} × ${height}, ${rateText(frameRate)}`],
          ['Length', timecode(end, frameRate)],
        ]}
      />
      <Button
        icon={ListVideo}
        size="small"
        className="h-7 self-start"
        onClick={() => {
          select(session, [clip.id]);
          runCommand('timeline.openNested');
        }}
      >
        Open
      </Button>
    </Group>
  );
}
