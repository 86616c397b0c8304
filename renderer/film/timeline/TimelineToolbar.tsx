import {
  Blend,
  FoldHorizontal,
  GalleryHorizontal,
  Link2,
  Link2Off,
  type LucideIcon,
  Magnet,
  MousePointer2,
  Maximize2,
  MoveHorizontal,
  Plus,
  Scissors,
  SeparatorVertical,
  Slice,
  Trash2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { Timeline, TrackKind } from '#core/model/entities.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { runCommand, useCommandKeys } from '../../app/commands.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { type Tool as FilmTool, useFilm, useFilmState } from '../filmSession.ts';
import { TRACK_ICONS } from './TrackHeader.tsx';
import { xOfTime, zoomLimits } from './timeScale.ts';

const ADDABLE: { kind: TrackKind; label: string }[] = [
  { kind: 'video', label: 'Video track' },
  { kind: 'audio', label: 'Sound track' },
  { kind: 'graphics', label: 'Title track' },
  { kind: 'caption', label: 'Caption track' },
];

/** Tools of the timeline: cutting on the left, looking on the right. */
export function TimelineToolbar({ timeline }: { timeline: Timeline }) {
  const { state } = useFilm();
  const isSnapping = useFilmState((film) => film.isSnapping);
  const isLinked = useFilmState((film) => film.isLinked);
  const hasSelection = useFilmState((film) => film.selection.size > 0);
  return (
    <div
      role="toolbar"
      // A click leaves the keyboard where it is, so that Space goes on playing.
      onMouseDown={(event) => event.preventDefault()}
      aria-label="Timeline tools"
      className="flex h-9 flex-none items-center gap-0.5 bg-panel px-2"
    >
      <Menu
        items={ADDABLE.map(({ kind, label }) => ({
          label,
          icon: TRACK_ICONS[kind],
          run: () =>
            projectStore.edit([{ type: 'track.add', timelineId: timeline.id, trackKind: kind }]),
        }))}
      >
        <Button look="quiet" size="small" icon={Plus} className="h-7">
          Track
        </Button>
      </Menu>
      <Divider />
      <ToolChoice />
      <Divider />
      <Tool id="timeline.split" icon={Scissors} label="Split at the playhead" />
      <Tool
        id="timeline.delete"
        icon={Trash2}
        label="Delete, leaving a gap"
        disabled={!hasSelection}
      />
      <Tool id="timeline.dissolve" icon={Blend} label="Dissolve at the cut" />
      <Divider />
      <IconButton
        icon={Magnet}
        label={isSnapping ? 'Snapping is on' : 'Snapping is off'}
        keys="N"
        pressed={isSnapping}
        className="size-7"
        onClick={() => state.setState({ isSnapping: !isSnapping })}
      />
      <IconButton
        icon={isLinked ? Link2 : Link2Off}
        label={
          isLinked
            ? 'Picture and sound are edited together'
            : 'Picture and sound are edited separately'
        }
        keys={useCommandKeys('timeline.toggleLink')}
        pressed={isLinked}
        className="size-7"
        onClick={() => state.setState({ isLinked: !isLinked })}
      />
      <div className="grow" />
      <ZoomTools timeline={timeline} />
    </div>
  );
}

const TOOLS: { tool: FilmTool; icon: LucideIcon; label: string }[] = [
  { tool: 'select', icon: MousePointer2, label: 'Select, move and trim' },
  { tool: 'ripple', icon: FoldHorizontal, label: 'Ripple: trim, and what follows moves' },
  { tool: 'roll', icon: SeparatorVertical, label: 'Roll: move the cut between two clips' },
  { tool: 'slip', icon: MoveHorizontal, label: 'Slip: show another part of the source' },
  { tool: 'slide', icon: GalleryHorizontal, label: 'Slide: move a clip between its neighbours' },
  { tool: 'razor', icon: Slice, label: 'Razor: cut where you press' },
];

function ToolChoice() {
  const tool = useFilmState((film) => film.tool);
  return (
    <div role="group" aria-label="Tool" className="flex gap-0.5">
      {TOOLS.map((one) => (
        <ToolButton key={one.tool} {...one} isChosen={tool === one.tool} />
      ))}
    </div>
  );
}

function ToolButton(props: { tool: FilmTool; icon: LucideIcon; label: string; isChosen: boolean }) {
  const id = `tool.${props.tool}`;
  return (
    <IconButton
      icon={props.icon}
      label={props.label}
      keys={useCommandKeys(id)}
      pressed={props.isChosen}
      className="size-7"
      onClick={() => runCommand(id)}
    />
  );
}

function Tool(props: { id: string; icon: typeof Plus; label: string; disabled?: boolean }) {
  return (
    <IconButton
      icon={props.icon}
      label={props.label}
      keys={useCommandKeys(props.id)}
      disabled={props.disabled ?? false}
      className="size-7"
      onClick={() => runCommand(props.id)}
    />
  );
}

function ZoomTools({ timeline }: { timeline: Timeline }) {
  const { view, playhead } = useFilm();
  const flicksPerPixel = useSyncExternalStore(view.subscribe, () => view.scale.flicksPerPixel);
  const { frameRate } = timeline.format;
  const { finest } = zoomLimits(frameRate);
  const coarsest = 30 * FLICKS_PER_SECOND;
  // The slider is even in steps of doubling, as zoom is felt.
  const span = Math.log2(coarsest / finest);
  const value = Math.log2(coarsest / Math.min(coarsest, flicksPerPixel)) / span;
  const zoomTo = (next: number) => {
    const x = xOfTime(view.scale, playhead.time);
    view.zoom({
      flicksPerPixel: coarsest / 2 ** (next * span),
      x: x >= 0 && x <= view.widthPx ? x : view.widthPx / 2,
      frameRate,
    });
  };
  return (
    <>
      <IconButton
        icon={ZoomOut}
        label="Zoom out"
        keys="-"
        className="size-7"
        onClick={() => runCommand('timeline.zoomOut')}
      />
      <Slider
        label="Zoom of the timeline"
        min={0}
        max={1}
        step={0.01}
        value={value}
        valueText={`${Math.round(value * 100)} %`}
        onChange={zoomTo}
        className="w-28"
      />
      <IconButton
        icon={ZoomIn}
        label="Zoom in"
        keys="="
        className="size-7"
        onClick={() => runCommand('timeline.zoomIn')}
      />
      <IconButton
        icon={Maximize2}
        label="Show the whole film"
        keys="Shift+Z"
        className="size-7"
        onClick={() => runCommand('timeline.fit')}
      />
    </>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 h-4 w-px bg-line" />;
}
