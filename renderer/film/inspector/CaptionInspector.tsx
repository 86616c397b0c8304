import { ArrowRightToLine, Merge } from 'lucide-react';
import { useState } from 'react';
import type { Cue, Timeline, Track } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { flicksFromSeconds } from '#core/time/flicks.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Changeable, LockNote } from './Changeable.tsx';
import { Group } from './Group.tsx';
import { LanguageField } from './LanguageField.tsx';
import { TimeRow } from './TimeRow.tsx';
import { WordTable } from './WordTable.tsx';
import { WordsField } from './WordsField.tsx';

/** A caption: its words, its times and theirs, and what is done with it and its neighbours. */
export function CaptionInspector({ cue, timeline }: { cue: Cue; timeline: Timeline }) {
  const track = useProject(
    (project) => project.find('track', cue.placement.trackId),
    [cue.placement.trackId],
  );
  return (
    <Changeable items={[cue]}>
      <LockNote items={[cue]} />
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
        <MergeButton cue={cue} />
      </Group>
      <CaptionTimes cue={cue} timeline={timeline} />
      <WordTable cue={cue} />
      {track !== undefined && <ShiftGroup cue={cue} track={track} />}
    </Changeable>
  );
}

function CaptionTimes({ cue, timeline }: { cue: Cue; timeline: Timeline }) {
  const { frameRate } = timeline.format;
  const set = (times: { start?: number; end?: number }) =>
    void projectStore.edit([{ type: 'caption.setTimes', captionId: cue.id, ...times }]);
  return (
    <Group title="Time">
      <TimeRow
        label="Start"
        time={itemStart(cue)}
        frameRate={frameRate}
        onCommit={(start) => set({ start })}
      />
      <TimeRow
        label="End"
        time={itemEnd(cue)}
        frameRate={frameRate}
        onCommit={(end) => set({ end })}
      />
      <TimeRow
        label="Duration"
        time={cue.duration}
        frameRate={frameRate}
        onCommit={(duration) => set({ end: itemStart(cue) + duration })}
      />
    </Group>
  );
}

function MergeButton({ cue }: { cue: Cue }) {
  const next = useProject(
    (project) => {
      const items = project.itemsOn(cue.placement.trackId);
      return items[items.findIndex((item) => item.id === cue.id) + 1];
    },
    [cue],
  );
  if (next === undefined) return null;
  return (
    <Button
      icon={Merge}
      size="small"
      className="h-7 self-start"
      onClick={() =>
        void projectStore.edit([{ type: 'caption.merge', captionIds: [cue.id, next.id] }])
      }
    >
      Merge with the next
    </Button>
  );
}

/** Moves this caption, or all of its track, by a length of time. */
function ShiftGroup({ cue, track }: { cue: Cue; track: Track }) {
  const [seconds, setSeconds] = useState(0);
  const shift = (what: { captionIds: string[] } | { trackId: string }) => {
    const { ok } = projectStore.edit([
      { type: 'caption.shift', ...what, by: flicksFromSeconds(seconds) },
    ]);
    if (ok) setSeconds(0);
  };
  return (
    <Group title="Track of captions" isFolded>
      <LanguageField track={track} />
      <NumberField
        label="Later by"
        unit="s"
        value={seconds}
        min={-86_400}
        max={86_400}
        step={0.1}
        digits={1}
        hint="Less than 0: earlier"
        onChange={setSeconds}
        onCommit={setSeconds}
      />
      <div className="flex flex-wrap gap-1.5">
        <Button
          size="small"
          className="h-7"
          disabled={seconds === 0}
          onClick={() => shift({ captionIds: [cue.id] })}
        >
          Shift this one
        </Button>
        <Button
          icon={ArrowRightToLine}
          size="small"
          className="h-7"
          disabled={seconds === 0}
          onClick={() => shift({ trackId: track.id })}
        >
          Shift all on {track.name}
        </Button>
      </div>
    </Group>
  );
}
