import { memo, useMemo } from 'react';
import type { Clip, Item, ObjectId, Timeline, Track } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { Project } from '#core/model/project.ts';
import type { AssetStatus } from '../mediaStatus.ts';
import { describeItem, describeTransition, TRACK_KIND_WORDS } from '../words.ts';
import { ClipMarkers } from './ClipMarkers.tsx';
import { ClipView, stateOfFile } from './ClipView.tsx';
import type { MountedWindow } from './timelineView.ts';
import { TransitionMark } from './TransitionMark.tsx';
import { type ItemRun, laneContents } from './visibleItems.ts';

type LaneViewProps = {
  project: Project;
  /** Counts the changes of the project, which changes in place. */
  version: number;
  timeline: Timeline;
  track: Track;
  top: number;
  height: number;
  mounted: MountedWindow;
  narrowest: number;
  status: ReadonlyMap<ObjectId, AssetStatus>;
  selection: ReadonlySet<ObjectId>;
  focused: ObjectId | null;
  ghosted: ReadonlySet<ObjectId>;
};

/** One track: the items that reach into the mounted stretch. */
export const LaneView = memo(function LaneView(props: LaneViewProps) {
  const { project, version, track, timeline, mounted, narrowest, selection, focused } = props;
  const always = useMemo(
    () => (focused === null ? selection : new Set([...selection, focused])),
    [selection, focused],
  );
  const { items, runs } = useMemo(
    () => laneContents(project.itemsOn(track.id), mounted, { narrowest, always }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the project changes in place; `version` tells of it
    [project, version, track.id, mounted, narrowest, always],
  );
  const count = project.itemsOn(track.id).length;
  const label = `${track.name}, ${TRACK_KIND_WORDS[track.trackKind].toLowerCase()} track, ${count === 1 ? '1 item' : `${count} items`}`;
  return (
    <div
      role="group"
      aria-label={label}
      className={`absolute right-0 left-0 ${track.muted ? 'opacity-40' : ''} ${track.locked ? 'grayscale' : ''}`}
      style={{ top: props.top, height: props.height }}
    >
      {runs.length > 0 && (
        <Runs runs={runs} mounted={mounted} height={props.height} kind={track.trackKind} />
      )}
      {items.map((item) => (
        <PlacedClip
          key={item.id}
          item={item}
          track={track}
          timeline={timeline}
          mounted={mounted}
          height={props.height}
          status={
            item.kind === 'clip' && item.assetId !== undefined
              ? props.status.get(item.assetId)
              : undefined
          }
          isSelected={selection.has(item.id)}
          isFocused={focused === item.id}
          isGhosted={props.ghosted.has(item.id)}
        />
      ))}
      {items.filter(isClip).map((clip) => (
        <Dissolves key={`into-${clip.id}`} clip={clip} {...props} />
      ))}
      {items.filter(isClip).map((clip) => (
        <ClipMarkers key={`markers-${clip.id}`} clip={clip} {...props} />
      ))}
    </div>
  );
});

type PlacedClipProps = {
  item: Item;
  track: Track;
  timeline: Timeline;
  mounted: MountedWindow;
  height: number;
  status: AssetStatus | undefined;
  isSelected: boolean;
  isFocused: boolean;
  isGhosted: boolean;
};

/** Turns times into whole pixels, so that a clip renders again only when its own pixels change. */
const PlacedClip = memo(function PlacedClip(props: PlacedClipProps) {
  const { item, track, timeline, mounted, ...rest } = props;
  const { left, width } = pixels(mounted, itemStart(item), itemEnd(item));
  const total = Math.round((mounted.to - mounted.from) / mounted.flicksPerPixel);
  return (
    <ClipView
      {...rest}
      item={item}
      kind={track.trackKind}
      label={describeItem(item, track, timeline, stateOfFile(props.status))}
      left={left}
      width={width}
      flicksPerPixel={mounted.flicksPerPixel}
      from={Math.max(0, -left)}
      to={Math.min(width, total - left)}
    />
  );
});

function Dissolves({ clip, ...props }: LaneViewProps & { clip: Clip }) {
  const { project, timeline, mounted } = props;
  return project
    .transitionsOf(clip.id)
    .filter((transition) => transition.cut.incomingId === clip.id)
    .map((transition) => {
      const cut = itemStart(clip);
      const { before, after } = transition.reach;
      const { left, width } = pixels(mounted, cut - before, cut + after);
      return (
        <TransitionMark
          key={transition.id}
          id={transition.id}
          label={describeTransition(project, transition, timeline)}
          left={left}
          width={Math.max(6, width)}
          height={Math.max(16, props.height - 18)}
          isSelected={props.selection.has(transition.id)}
        />
      );
    });
}

const RUN_COLOURS = {
  video: 'text-track-video',
  audio: 'text-track-audio',
  graphics: 'text-track-graphics',
  caption: 'text-track-caption',
};

/** Items too narrow to be told apart, as one drawing. */
function Runs(props: {
  runs: readonly ItemRun[];
  mounted: MountedWindow;
  height: number;
  kind: keyof typeof RUN_COLOURS;
}) {
  const { mounted, height } = props;
  const path = props.runs
    .map(({ start, end }) => {
      const { left, width } = pixels(mounted, start, end);
      return `M${left} 0h${Math.max(1, width - 1)}v${height}h${-Math.max(1, width - 1)}z`;
    })
    .join('');
  const total = Math.round((mounted.to - mounted.from) / mounted.flicksPerPixel);
  return (
    <svg
      aria-hidden="true"
      className={`absolute top-0 left-0 ${RUN_COLOURS[props.kind]}`}
      width={total}
      height={height}
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}

function pixels(
  mounted: MountedWindow,
  start: number,
  end: number,
): { left: number; width: number } {
  const left = Math.round((start - mounted.from) / mounted.flicksPerPixel);
  const right = Math.round((end - mounted.from) / mounted.flicksPerPixel);
  return { left, width: Math.max(2, right - left) };
}

function isClip(item: Item): item is Clip {
  return item.kind === 'clip';
}
