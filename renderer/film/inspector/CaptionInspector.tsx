import type { Cue, Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Group } from './Group.tsx';
import { ItemTimes } from './ItemTimes.tsx';
import { WordsField } from './WordsField.tsx';

/** A caption: its words and its time. */
export function CaptionInspector({ cue, timeline }: { cue: Cue; timeline: Timeline }) {
  return (
    <>
      <Group title="Caption">
        <WordsField
          label="Words"
          value={cue.text}
          maxLength={400}
          rows={3}
          isOptional={false}
          onCommit={(text) =>
            void projectStore.edit([
              { type: 'caption.setText', captionId: cue.id, text: text.trim() },
            ])
          }
        />
      </Group>
      <Group title="Time">
        <ItemTimes item={cue} timeline={timeline} />
      </Group>
    </>
  );
}
