import { Trash2 } from 'lucide-react';
import { type Marker, MARKER_COLORS, type Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Group } from './Group.tsx';
import { TimeRow } from './TimeRow.tsx';
import { WordsField } from './WordsField.tsx';

const KINDS: { value: Marker['markerKind']; label: string }[] = [
  { value: 'standard', label: 'Marker' },
  { value: 'chapter', label: 'Chapter' },
  { value: 'to-do', label: 'To do' },
];
const COLOURS = [
  { value: 'none', label: 'Standard' },
  ...MARKER_COLORS.map((color) => ({
    value: color,
    label: color[0]?.toUpperCase() + color.slice(1),
  })),
] as const;

/** A marker: what it says, what it is, where it stands. */
export function MarkerInspector({ marker, timeline }: { marker: Marker; timeline: Timeline }) {
  const { frameRate } = timeline.format;
  const set = (change: {
    name?: string;
    note?: string | null;
    markerKind?: Marker['markerKind'];
    color?: Marker['color'] | null;
    duration?: number;
  }) => void projectStore.edit([{ type: 'marker.set', markerIds: [marker.id], ...change }]);
  return (
    <Group title="Marker">
      <WordsField
        label="Name"
        value={marker.name}
        maxLength={500}
        rows={1}
        isOptional
        onCommit={(name) => set({ name })}
      />
      <WordsField
        label="Note"
        value={marker.note ?? ''}
        maxLength={10_000}
        rows={2}
        isOptional
        onCommit={(note) => set({ note: note === '' ? null : note })}
      />
      <Select
        label="Kind"
        layout="row"
        value={marker.markerKind}
        options={KINDS}
        onChange={(markerKind) => set({ markerKind })}
      />
      <Select
        label="Colour"
        layout="row"
        value={marker.color ?? 'none'}
        options={COLOURS}
        onChange={(color) => set({ color: color === 'none' ? null : color })}
      />
      <TimeRow
        label="At"
        time={marker.span.time}
        frameRate={frameRate}
        onCommit={(to) =>
          void projectStore.edit([{ type: 'marker.move', markerId: marker.id, to }])
        }
      />
      <TimeRow
        label="Duration"
        time={marker.span.duration}
        frameRate={frameRate}
        onCommit={(duration) => set({ duration })}
      />
      <Button
        icon={Trash2}
        size="small"
        className="mt-1 h-7 self-start"
        onClick={() => void projectStore.edit([{ type: 'marker.remove', markerIds: [marker.id] }])}
      >
        Remove marker
      </Button>
    </Group>
  );
}
