import type { Timeline } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { addFlicks, type Flicks, flicks } from '#core/time/flicks.ts';
import { useFilmState } from '../filmSession.ts';
import { itemName, timecode } from '../words.ts';
import { type Gesture, snapLineOf } from './gesture.ts';
import { heightOfLanes, type Lane } from './lanes.ts';
import type { MountedWindow } from './timelineView.ts';
import type { TrimTool } from './toolDrag.ts';

const TOOL_WORDS: Record<TrimTool, string> = {
  ripple: 'Ripple',
  roll: 'Roll',
  slip: 'Slip',
  slide: 'Slide',
};

type GestureLayerProps = { timeline: Timeline; lanes: readonly Lane[]; mounted: MountedWindow };
type Stretch = { trackId: string | null; start: Flicks; end: Flicks };

/** What the pointer is about to do: ghosts, what they replace, the line they snap to, and how far they move. */
export function GestureLayer({ timeline, lanes, mounted }: GestureLayerProps) {
  const gesture = useFilmState((state) => state.gesture);
  if (gesture === null) return null;
  const x = (time: number) => Math.round((time - mounted.from) / mounted.flicksPerPixel);
  const snapLine = snapLineOf(gesture);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-10">
      {replacedIn(gesture).map((stretch) => (
        <LaneBox
          key={`over-${stretch.trackId}-${stretch.start}`}
          stretch={stretch}
          lanes={lanes}
          x={x}
          className="bg-[repeating-linear-gradient(-45deg,var(--danger)_0_1px,transparent_1px_6px)] bg-scrim"
        />
      ))}
      {cutOffIn(gesture).map((stretch) => (
        <LaneBox
          key={`off-${stretch.trackId}`}
          stretch={stretch}
          lanes={lanes}
          x={x}
          className="bg-app opacity-75"
        />
      ))}
      {ghostsOf(gesture).map(({ stretch, name, isRefused }, index) => (
        <LaneBox
          key={`ghost-${index}`}
          stretch={stretch}
          lanes={lanes}
          x={x}
          className={`border-2 ${isRefused ? 'border-danger' : 'border-accent'} bg-accent-soft`}
        >
          <span className="block truncate px-1.5 text-[0.6875rem] leading-4 text-strong">
            {name}
          </span>
        </LaneBox>
      ))}
      {gesture.kind === 'marquee' && (
        <div
          className="absolute border border-focus bg-focus/15"
          style={{
            left: Math.min(x(gesture.from.time), x(gesture.to.time)),
            width: Math.abs(x(gesture.to.time) - x(gesture.from.time)),
            top: Math.min(gesture.from.y, gesture.to.y),
            height: Math.abs(gesture.to.y - gesture.from.y),
          }}
        />
      )}
      {snapLine !== null && (
        <div
          className="absolute top-0 w-px bg-strong"
          style={{ left: x(snapLine), height: Math.max(heightOfLanes(lanes), 40) }}
        />
      )}
      <Readout gesture={gesture} timeline={timeline} lanes={lanes} x={x} />
    </div>
  );
}

function LaneBox(props: {
  stretch: Stretch;
  lanes: readonly Lane[];
  x: (time: number) => number;
  className: string;
  children?: React.ReactNode;
}) {
  const { stretch, lanes, x } = props;
  const lane = lanes.find((one) => one.track.id === stretch.trackId);
  const left = x(stretch.start);
  return (
    <div
      className={`absolute overflow-hidden rounded-sm ${props.className}`}
      style={{
        left,
        width: Math.max(2, x(stretch.end) - left),
        top: lane?.top ?? 0,
        height: lane?.height ?? 6,
      }}
    >
      {props.children}
    </div>
  );
}

/** The numbers of a gesture, beside the edge that moves. */
function Readout(props: {
  gesture: Gesture;
  timeline: Timeline;
  lanes: readonly Lane[];
  x: (time: number) => number;
}) {
  const { gesture, timeline, lanes, x } = props;
  const words = readoutWords(gesture, timeline);
  if (words === null) return null;
  const lane = lanes.find((one) => one.track.id === words.trackId);
  return (
    <div
      className="absolute z-20 -translate-y-full rounded-sm bg-overlay px-1.5 font-mono text-[0.6875rem] leading-5 whitespace-nowrap text-strong shadow-overlay"
      style={{ left: x(words.at) + 4, top: Math.max(22, (lane?.top ?? 0) - 2) }}
    >
      {words.text}
    </div>
  );
}

function readoutWords(
  gesture: Gesture,
  timeline: Timeline,
): { at: Flicks; trackId: string | null; text: string } | null {
  const { frameRate } = timeline.format;
  const signed = (delta: number) =>
    `${delta < 0 ? '−' : '+'}${timecode(flicks(Math.abs(delta)), frameRate)}`;
  switch (gesture.kind) {
    case 'move': {
      const [first] = gesture.preview.placed;
      if (first === undefined) return null;
      const mode = gesture.mode === 'insert' ? ' · insert' : '';
      const text = `${timecode(first.start, frameRate)}  ${signed(gesture.preview.delta)}${mode}`;
      return { at: first.start, trackId: first.trackId, text };
    }
    case 'trim': {
      const { drag, preview } = gesture;
      const isHead = drag.edge === 'head';
      const length = isHead ? itemEnd(drag.item) - preview.to : preview.to - itemStart(drag.item);
      const stop = preview.stoppedAt === null ? '' : ' · no more media or room';
      const text = `${signed(preview.to - drag.from)}  ${timecode(flicks(length), frameRate)} long${stop}`;
      return { at: preview.to, trackId: drag.item.placement.trackId, text };
    }
    case 'tool': {
      const { drag, preview } = gesture;
      const stop = preview.isStopped ? ' · no more media or room' : '';
      const at = drag.edge === 'head' ? itemStart(drag.item) : itemEnd(drag.item);
      return {
        at: drag.tool === 'slip' ? itemStart(drag.item) : addFlicks(at, preview.by),
        trackId: drag.item.placement.trackId,
        text: preview.refusal ?? `${TOOL_WORDS[drag.tool]} ${signed(preview.by)}${stop}`,
      };
    }
    case 'drop': {
      const [first] = gesture.preview.stretches;
      const mode = gesture.mode === 'insert' ? 'insert' : 'overwrite';
      const text =
        gesture.preview.refusal ?? `${timecode(gesture.preview.start, frameRate)} · ${mode}`;
      return { at: gesture.preview.start, trackId: first?.trackId ?? null, text };
    }
    case 'marquee':
      return null;
  }
}

function replacedIn(gesture: Gesture): Stretch[] {
  return gesture.kind === 'move' || gesture.kind === 'drop' ? gesture.preview.replaced : [];
}

function ghostsOf(gesture: Gesture): { stretch: Stretch; name: string; isRefused: boolean }[] {
  switch (gesture.kind) {
    case 'move':
      return gesture.preview.placed.map(({ item, trackId, start }) => ({
        stretch: { trackId, start, end: addFlicks(start, itemDuration(item)) },
        name: itemName(item),
        isRefused: gesture.preview.refusal !== null,
      }));
    case 'trim':
      return gesture.drag.items.map((item) => ({
        stretch:
          gesture.drag.edge === 'head'
            ? { trackId: item.placement.trackId, start: gesture.preview.to, end: itemEnd(item) }
            : { trackId: item.placement.trackId, start: itemStart(item), end: gesture.preview.to },
        name: '',
        isRefused: false,
      }));
    case 'tool':
      return gesture.preview.changed.map((item) => ({
        stretch: {
          trackId: item.placement.trackId,
          start: itemStart(item),
          end: itemEnd(item),
        },
        name: itemName(item),
        isRefused: false,
      }));
    case 'drop':
      return gesture.preview.stretches.map((stretch) => ({
        stretch,
        name: '',
        isRefused: gesture.preview.refusal !== null,
      }));
    case 'marquee':
      return [];
  }
}

/** What a trim takes away. */
function cutOffIn(gesture: Gesture): Stretch[] {
  if (gesture.kind !== 'trim') return [];
  const { drag, preview } = gesture;
  return drag.items.flatMap((item): Stretch[] => {
    const { trackId } = item.placement;
    if (drag.edge === 'head')
      return preview.to > drag.from ? [{ trackId, start: drag.from, end: preview.to }] : [];
    return preview.to < drag.from ? [{ trackId, start: preview.to, end: drag.from }] : [];
  });
}
