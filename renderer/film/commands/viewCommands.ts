import { timelineEnd } from '#core/model/project.ts';
import type { Command } from '../../app/commands.ts';
import type { FilmSession } from '../filmSession.ts';
import { xOfTime } from '../timeline/timeScale.ts';
import { placeOf } from './place.ts';

const ZOOM_STEP = 1.5;

/** How much of the timeline is seen. */
export function viewCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  const zoom = (factor: number) => () => {
    const place = placeOf(session);
    if (place === null) return;
    const { view, playhead } = session;
    const x = xOfTime(view.scale, playhead.time);
    view.zoom({
      flicksPerPixel: view.scale.flicksPerPixel * factor,
      x: x >= 0 && x <= view.widthPx ? x : view.widthPx / 2,
      frameRate: place.timeline.format.frameRate,
    });
  };
  const fit = () => {
    const place = placeOf(session);
    if (place === null) return;
    session.view.fit(
      timelineEnd(place.project, place.timeline.id),
      place.timeline.format.frameRate,
    );
  };
  return [
    { id: 'timeline.zoomIn', label: 'Zoom in', group, keys: ['=', '+'], run: zoom(1 / ZOOM_STEP) },
    { id: 'timeline.zoomOut', label: 'Zoom out', group, keys: ['-'], run: zoom(ZOOM_STEP) },
    { id: 'timeline.fit', label: 'Show the whole film', group, keys: ['Shift+Z'], run: fit },
  ];
}
