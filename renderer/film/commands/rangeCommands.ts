import type { EditCommand } from '#core/edits/registry.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { timelineEnd } from '#core/model/project.ts';
import { addFlicks, type Flicks, flicks } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import type { Command } from '../../app/commands.ts';
import { notify } from '../../client/notices.ts';
import type { FilmSession } from '../filmSession.ts';
import { goTo } from './playbackCommands.ts';
import { edits, type Place, placeOf } from './place.ts';

/** Marking a range, and taking it out. */
export function rangeCommands(session: FilmSession): Command[] {
  const group = 'Range';
  const mark = (change: { in?: Flicks; out?: Flicks; clear?: 'both' }) => (place: Place) =>
    [
      { type: 'timeline.setMarkedRange', timelineId: place.timeline.id, ...change },
    ] satisfies EditCommand[];
  const take = (type: 'clip.lift' | 'clip.extract') => () => {
    const place = placeOf(session);
    const range = place && markedRange(place);
    if (range === null) {
      notify({ topic: 'range', text: 'Mark a range first: I for its beginning, O for its end.' });
      return;
    }
    edits(session, ({ project, timeline }) => {
      const trackIds = project
        .tracksOf(timeline.id)
        .filter((track) => !track.locked)
        .map((track) => track.id);
      return [{ type, timelineId: timeline.id, trackIds, ...range }];
    })();
  };
  const hasRange = () => {
    const place = placeOf(session);
    return place?.timeline.markedRange !== undefined;
  };
  return [
    {
      id: 'range.in',
      label: 'Mark the beginning',
      group,
      keys: ['I'],
      run: edits(session, (place) => mark({ in: session.playhead.time })(place)),
    },
    {
      id: 'range.out',
      label: 'Mark the end, this frame included',
      group,
      keys: ['O'],
      run: edits(session, (place) => {
        const frame = frameDuration(place.timeline.format.frameRate);
        return mark({ out: addFlicks(session.playhead.time, frame) })(place);
      }),
    },
    {
      id: 'range.selection',
      label: 'Mark what is chosen',
      group,
      keys: ['X'],
      run: edits(session, (place) => {
        const items = [...session.state.getState().selection].flatMap(
          (id) => place.project.item(id) ?? [],
        );
        if (items.length === 0) return [];
        const first = Math.min(...items.map(itemStart));
        const last = Math.max(...items.map(itemEnd));
        return mark({ in: flicks(first), out: flicks(last) })(place);
      }),
    },
    {
      id: 'range.clear',
      label: 'Take the marks away',
      group,
      keys: ['Alt+X'],
      run: edits(session, mark({ clear: 'both' })),
      when: hasRange,
    },
    {
      id: 'range.goIn',
      label: 'Go to the beginning of the range',
      group,
      keys: ['Shift+I'],
      run: () => goToMark(session, 'in'),
      when: hasRange,
    },
    {
      id: 'range.goOut',
      label: 'Go to the end of the range',
      group,
      keys: ['Shift+O'],
      run: () => goToMark(session, 'out'),
      when: hasRange,
    },
    {
      id: 'range.lift',
      label: 'Lift the range, leaving a gap',
      group,
      keys: [';'],
      run: take('clip.lift'),
    },
    {
      id: 'range.extract',
      label: 'Take the range out and close the gap',
      group,
      keys: ["'"],
      run: take('clip.extract'),
    },
  ];
}

/** The marked range of a timeline; an end that is not marked is that of the film. Null without marks. */
function markedRange({ project, timeline }: Place): { from: Flicks; to: Flicks } | null {
  const { markedRange: marks } = timeline;
  if (marks === undefined || (marks.in === undefined && marks.out === undefined)) return null;
  const from = marks.in ?? flicks(0);
  const to = marks.out ?? timelineEnd(project, timeline.id);
  return from < to ? { from, to } : null;
}

function goToMark(session: FilmSession, mark: 'in' | 'out'): void {
  const place = placeOf(session);
  const time = place?.timeline.markedRange?.[mark];
  if (place === null || time === undefined) return;
  // The last frame of the range, not the first one behind it.
  const frame = mark === 'out' ? frameDuration(place.timeline.format.frameRate) : 0;
  goTo(session, flicks(time - frame));
}
