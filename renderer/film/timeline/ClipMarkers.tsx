import type { Clip, Timeline } from '#core/model/entities.ts';
import { clipMarkerTimes } from '#core/model/markerTimes.ts';
import type { Project } from '#core/model/project.ts';
import { classes } from '../../ui/classes.ts';
import { describeMarker } from '../words.ts';
import { MARKER_COLOURS } from './RulerMarkers.tsx';
import type { MountedWindow } from './timelineView.ts';

type ClipMarkersProps = {
  project: Project;
  clip: Clip;
  timeline: Timeline;
  mounted: MountedWindow;
  selection: ReadonlySet<string>;
};

/** The markers of a clip, where the timeline shows what they mark. */
export function ClipMarkers({ project, clip, timeline, mounted, selection }: ClipMarkersProps) {
  return clipMarkerTimes(project, clip).map(({ marker, time }) => (
    <span
      key={marker.id}
      role="option"
      aria-selected={selection.has(marker.id)}
      aria-label={`${describeMarker(marker, timeline)}, on clip ${clip.name}`}
      data-marker={marker.id}
      title={marker.name}
      className={classes(
        'absolute bottom-0.5 z-10 h-2.5 w-2 -translate-x-1/2 rounded-t-full',
        MARKER_COLOURS[marker.color ?? 'blue'],
        selection.has(marker.id) && 'outline-2 outline-strong',
      )}
      style={{ left: Math.round((time - mounted.from) / mounted.flicksPerPixel) }}
    />
  ));
}
