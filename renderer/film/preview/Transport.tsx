import {
  ChevronFirst,
  ChevronLast,
  Pause,
  Play,
  Repeat,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { useStore } from 'zustand';
import type { Timeline } from '#core/model/entities.ts';
import { timelineFrames } from '#core/render/sceneAt.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { runCommand } from '../../app/commands.ts';
import { useProject } from '../../client/project.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useFilm } from '../filmSession.ts';
import { TimecodeField } from './TimecodeField.tsx';

export type MonitorZoom = 'fit' | 'full';

type TransportProps = {
  timeline: Timeline;
  zoom: MonitorZoom;
  onZoom: (zoom: MonitorZoom) => void;
};

/** Time on the left, playing in the middle, looking on the right. */
export function Transport({ timeline, zoom, onZoom }: TransportProps) {
  const { player } = useFilm();
  const isPlaying = useStore(player.state, (state) => state.isPlaying);
  const speed = useStore(player.state, (state) => state.speed);
  const isLooping = useStore(player.state, (state) => state.isLooping);
  const isMuted = useStore(player.state, (state) => state.isMuted);
  const frames = useProject((project) => timelineFrames(project, timeline.id), [timeline.id]);
  return (
    <div
      role="toolbar"
      // A click leaves the keyboard where it is, so that Space goes on playing.
      onMouseDown={(event) => event.preventDefault()}
      aria-label="Playback"
      className="@container grid h-11 flex-none grid-cols-[1fr_auto_1fr] items-center gap-2 bg-panel px-2"
    >
      <div className="flex min-w-0 items-center">
        <TimecodeField timeline={timeline} />
        <span
          className="truncate font-mono text-xs text-faint @max-lg:hidden"
          title="Length of the film"
        >
          {formatTimecode(frames, timeline.format.frameRate)}
        </span>
        {isPlaying && speed !== 1 && (
          <span className="ml-2 rounded-sm bg-accent-soft px-1.5 text-xs text-accent">
            {`${String(speed).replace('-', '−')}×`}
          </span>
        )}
      </div>
      <div className="flex items-center gap-0.5">
        <IconButton
          icon={ChevronFirst}
          label="Beginning"
          keys="Home"
          onClick={() => runCommand('playback.start')}
        />
        <IconButton
          icon={StepBack}
          label="One frame back"
          keys="ArrowLeft"
          onClick={() => runCommand('playback.stepBack')}
        />
        <IconButton
          icon={isPlaying ? Pause : Play}
          label={isPlaying ? 'Pause' : 'Play'}
          keys="Space"
          className="mx-1 bg-field text-strong hover:brightness-110"
          onClick={() => player.toggle()}
        />
        <IconButton
          icon={StepForward}
          label="One frame forwards"
          keys="ArrowRight"
          onClick={() => runCommand('playback.stepForward')}
        />
        <IconButton
          icon={ChevronLast}
          label="End"
          keys="End"
          onClick={() => runCommand('playback.end')}
        />
      </div>
      <div className="flex min-w-0 items-center justify-end gap-0.5">
        <IconButton
          icon={Repeat}
          label={isLooping ? 'Looping is on' : 'Looping is off'}
          keys="Mod+L"
          pressed={isLooping}
          onClick={() => player.setLooping(!isLooping)}
        />
        <IconButton
          icon={isMuted ? VolumeX : Volume2}
          label={isMuted ? 'Let the preview sound' : 'Mute the preview'}
          pressed={isMuted}
          onClick={() => player.setMuted(!isMuted)}
        />
        <div className="@max-md:hidden">
          <Segmented
            label="Size of the picture"
            size="small"
            value={zoom}
            options={[
              { value: 'fit', label: 'Fit' },
              { value: 'full', label: '100 %' },
            ]}
            onChange={onZoom}
          />
        </div>
      </div>
    </div>
  );
}
