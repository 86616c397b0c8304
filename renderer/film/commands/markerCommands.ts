import type { Marker } from '#core/model/entities.ts';
import type { Command } from '../../app/commands.ts';
import { projectStore } from '../../client/project.ts';
import { announce, type FilmSession, select } from '../filmSession.ts';
import { describeMarker } from '../words.ts';
import { goTo } from './playbackCommands.ts';
import { placeOf } from './place.ts';

/** Markers on the timeline: setting them, and going from one to the next. */
export function markerCommands(session: FilmSession): Command[] {
  const group = 'Markers';
  return [
    {
      id: 'marker.add',
      label: 'Add a marker at the playhead',
      group,
      keys: ['M'],
      run: () => addMarker(session, 'standard'),
    },
    {
      id: 'marker.addChapter',
      label: 'Add a chapter at the playhead',
      group,
      keys: ['Shift+M'],
      run: () => addMarker(session, 'chapter'),
    },
    {
      id: 'marker.next',
      label: 'Next marker',
      group,
      keys: ['Shift+ArrowDown'],
      run: () => goToMarker(session, 'next'),
    },
    {
      id: 'marker.previous',
      label: 'Previous marker',
      group,
      keys: ['Shift+ArrowUp'],
      run: () => goToMarker(session, 'previous'),
    },
  ];
}

/** Adds a marker and chooses it, so that it can be named at once; one that stands there already is chosen instead. */
function addMarker(session: FilmSession, markerKind: Marker['markerKind']): void {
  const place = placeOf(session);
  if (place === null) return;
  const at = session.playhead.time;
  const standing = place.project
    .markersOf(place.timeline.id)
    .find((marker) => marker.span.time === at && marker.markerKind === markerKind);
  if (standing !== undefined) {
    select(session, [standing.id]);
    return;
  }
  const chapters = place.project
    .markersOf(place.timeline.id)
    .filter((marker) => marker.markerKind === 'chapter');
  const name = markerKind === 'chapter' ? `Chapter ${chapters.length + 1}` : '';
  const result = projectStore.edit([
    { type: 'marker.add', ownerId: place.timeline.id, at, markerKind, name },
  ]);
  const id = result.ok ? result.value[0]?.['markerId'] : undefined;
  if (typeof id === 'string') select(session, [id]);
}

function goToMarker(session: FilmSession, direction: 'next' | 'previous'): void {
  const place = placeOf(session);
  if (place === null) return;
  const { time } = session.playhead;
  const markers = place.project.markersOf(place.timeline.id);
  const marker =
    direction === 'next'
      ? markers.find(({ span }) => span.time > time)
      : markers.findLast(({ span }) => span.time < time);
  if (marker === undefined) return;
  select(session, [marker.id]);
  goTo(session, marker.span.time);
  announce(session, describeMarker(marker, place.timeline));
}
