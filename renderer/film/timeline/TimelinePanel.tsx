import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { timelineEnd } from '#core/model/project.ts';
import { runCommand } from '../../app/commands.ts';
import { notify } from '../../client/notices.ts';
import { projectStore, useOpenProject } from '../../client/project.ts';
import { type FilmSession, type Tool, useFilm, useFilmState } from '../filmSession.ts';
import { useMediaStatus } from '../mediaStatus.ts';
import { ClipMenu } from './ClipMenu.tsx';
import { clipElementId } from './ClipView.tsx';
import { GestureLayer } from './GestureLayer.tsx';
import { ghostedItems } from './gesture.ts';
import { heightOfLanes, layLanes } from './lanes.ts';
import { LaneView } from './LaneView.tsx';
import { PlayheadLine } from './PlayheadLine.tsx';
import { Ruler } from './Ruler.tsx';
import { TimelineHint } from './TimelineHint.tsx';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { TimeScroll } from './TimeScroll.tsx';
import { type PointerPlace, TimelinePointer } from './timelinePointer.ts';
import { useMountedWindow } from './timelineView.ts';
import { TrackHeader } from './TrackHeader.tsx';
import { useMovingLayer } from './useMovingLayer.ts';
import { onTimelineKey } from './useTimelineKeys.ts';
import { useTimelineWheel } from './useTimelineWheel.ts';
import { narrowestItem } from './visibleItems.ts';

/** Narrower items are drawn together. */
const NARROWEST_PX = 3;
/** Elements of items that are mounted at once, all lanes together. */
const BUDGET = 320;

/** The timeline: tools, ruler, track headers, lanes, playhead. */
export function TimelinePanel({ timeline }: { timeline: Timeline }) {
  const { project } = useOpenProject();
  const end = timelineEnd(project, timeline.id);
  return (
    <section aria-label="Timeline" className="flex min-h-0 grow flex-col bg-panel">
      <TimelineToolbar timeline={timeline} />
      <div className="flex min-h-0 grow">
        <Lanes timeline={timeline} />
      </div>
      <div className="flex flex-none">
        <div className="w-44 flex-none" />
        <div className="min-w-0 grow">
          <TimeScroll end={end} />
        </div>
      </div>
    </section>
  );
}

function Lanes({ timeline }: { timeline: Timeline }) {
  const session = useFilm();
  const { view } = session;
  const { project, version } = useOpenProject();
  const mounted = useMountedWindow(view);
  const layer = useMovingLayer(view, mounted);
  const status = useMediaStatus();
  const selection = useFilmState((state) => state.selection);
  const focused = useFilmState((state) => state.focused);
  const gesture = useFilmState((state) => state.gesture);
  const surface = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const headers = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the project changes in place; `version` tells of it
  const lanes = useMemo(() => layLanes(project, timeline.id), [project, version, timeline.id]);
  const height = heightOfLanes(lanes);
  const narrowest = useMemo(
    () =>
      narrowestItem(
        lanes.map((lane) => project.itemsOn(lane.track.id)),
        mounted,
        { floor: NARROWEST_PX * mounted.flicksPerPixel, budget: BUDGET },
      ),
    [lanes, project, mounted],
  );
  const ghosted = useGhosted(gesture);
  const pointer = useTimelinePointer(timeline, lanes);
  useSurfaceWidth(surface);
  useTimelineWheel(surface, view, timeline.format.frameRate);

  const place = (event: MouseEvent): PointerPlace => {
    const box = scroller.current?.getBoundingClientRect();
    return {
      x: event.clientX - (box?.left ?? 0),
      y: event.clientY - (box?.top ?? 0) + (scroller.current?.scrollTop ?? 0),
      shift: event.shiftKey,
      mod: event.ctrlKey || event.metaKey,
    };
  };

  return (
    <>
      <div className="flex w-44 flex-none flex-col">
        <div className="h-7 flex-none bg-raised" />
        <div ref={headers} className="relative min-h-0 grow overflow-hidden pt-0.5">
          <div className="relative" style={{ height: height + 40 }}>
            {lanes.map((lane) => (
              <TrackHeader
                key={lane.track.id}
                track={lane.track}
                top={lane.top}
                height={lane.height}
              />
            ))}
          </div>
        </div>
      </div>
      <div
        ref={surface}
        tabIndex={-1}
        className="relative flex min-w-0 grow flex-col outline-none"
        onMouseDown={(event) => {
          // A click leaves the arrow keys to the playhead; they go from clip to clip once the list has the focus by Tab.
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
        }}
        onDragOver={(event) => {
          const { dragged } = session.state.getState();
          if (dragged === null) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
          pointer.dragOver(dragged, place(event));
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null))
            pointer.dragLeave();
        }}
        onDrop={(event) => {
          if (session.state.getState().dragged === null) return;
          event.preventDefault();
          pointer.drop();
        }}
      >
        <Ruler timeline={timeline} />
        <ClipMenu>
          <div
            ref={scroller}
            role="listbox"
            aria-multiselectable="true"
            aria-label="Clips on the timeline. Arrow keys go from clip to clip, Enter brings the playhead there."
            aria-activedescendant={
              focused === null || project.item(focused) === undefined
                ? undefined
                : clipElementId(focused)
            }
            tabIndex={0}
            className="group/clips relative min-h-0 grow touch-none overflow-x-hidden overflow-y-auto bg-app pt-0.5 -outline-offset-2"
            onScroll={(event) => {
              if (headers.current) headers.current.scrollTop = event.currentTarget.scrollTop;
            }}
            onKeyDown={(event) => onTimelineKey(event, session, timeline)}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              const mark = markUnder(event.target);
              if (mark !== null) {
                session.state.setState({ selection: new Set([mark]), focused: null });
                return;
              }
              event.currentTarget.setPointerCapture(event.pointerId);
              pointer.press(place(event));
            }}
            onPointerMove={(event) => {
              const at = place(event);
              if (pointer.isActive) pointer.move(at);
              else event.currentTarget.style.cursor = cursorFor(session, pointer.hit(at)?.part);
            }}
            onPointerUp={() => pointer.release()}
            onPointerCancel={() => pointer.cancel()}
            onContextMenu={(event) => pointer.choose(place(event))}
            onDoubleClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              const hit = pointer.hit({
                x: event.clientX - box.left,
                y: event.clientY - box.top + event.currentTarget.scrollTop,
              });
              const time = session.playhead.time;
              if (hit === null) return;
              if (hit.item.kind === 'clip' && hit.item.nestedTimelineId !== undefined)
                runCommand('timeline.openNested');
              else if (itemStart(hit.item) < time && time < itemEnd(hit.item))
                runCommand('timeline.split');
              else
                notify({
                  text: 'A double click splits a clip at the playhead. Put the playhead inside the clip first.',
                  topic: 'split',
                });
            }}
          >
            <div
              ref={layer}
              role="presentation"
              className="absolute top-0.5 left-0 will-change-transform"
              style={{
                width: Math.round((mounted.to - mounted.from) / mounted.flicksPerPixel),
                height: Math.max(height, 1),
              }}
            >
              {lanes.map((lane) => (
                <div
                  key={`bed-${lane.track.id}`}
                  aria-hidden="true"
                  className="absolute inset-x-0 bg-panel"
                  style={{ top: lane.top, height: lane.height }}
                />
              ))}
              {lanes.map((lane) => (
                <LaneView
                  key={lane.track.id}
                  project={project}
                  version={version}
                  timeline={timeline}
                  track={lane.track}
                  top={lane.top}
                  height={lane.height}
                  mounted={mounted}
                  narrowest={narrowest}
                  status={status}
                  selection={selection}
                  focused={focused}
                  ghosted={ghosted}
                />
              ))}
              <GestureLayer timeline={timeline} lanes={lanes} mounted={mounted} />
            </div>
            <div aria-hidden="true" style={{ height: height + 40 }} />
          </div>
        </ClipMenu>
        <TimelineHint timeline={timeline} />
        <PlayheadLine />
      </div>
    </>
  );
}

/** The same set as long as the same items are ghosted, so that lanes rest while a ghost moves. */
function useGhosted(gesture: Parameters<typeof ghostedItems>[0]) {
  const drag = gesture?.kind === 'move' ? gesture.drag : null;
  // eslint-disable-next-line react-hooks/exhaustive-deps -- which items are ghosted depends on the drag alone
  return useMemo(() => ghostedItems(gesture), [drag]);
}

function useTimelinePointer(timeline: Timeline, lanes: ReturnType<typeof layLanes>) {
  const session = useFilm();
  const latest = useRef({ timeline, lanes });
  useLayoutEffect(() => {
    latest.current = { timeline, lanes };
  });
  const pointer = useMemo(
    () =>
      new TimelinePointer({
        session,
        project: () => {
          const { open } = projectStore.store.getState();
          if (open === null) throw new Error('No project is open.');
          return open.project;
        },
        timeline: () => latest.current.timeline,
        lanes: () => latest.current.lanes,
        edit: (commands) => void projectStore.edit(commands),
        refuse: (text) => notify({ tone: 'error', text, topic: 'timeline' }),
      }),
    [session],
  );
  useEffect(() => {
    let animation = 0;
    const follow = () => {
      pointer.tick();
      animation = requestAnimationFrame(follow);
    };
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || !pointer.isActive) return;
      event.preventDefault();
      event.stopPropagation();
      pointer.cancel();
    };
    animation = requestAnimationFrame(follow);
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      cancelAnimationFrame(animation);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [pointer]);
  return pointer;
}

/** Tells the view how wide it is, and shows the whole film the first time. */
function useSurfaceWidth(surface: React.RefObject<HTMLDivElement | null>) {
  const { view, timelineId } = useFilm();
  useLayoutEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const measure = () => {
      const isFirst = view.widthPx === 0;
      view.resize(element.clientWidth);
      const { open } = projectStore.store.getState();
      const timeline = open?.project.find('timeline', timelineId);
      if (isFirst && open && timeline)
        view.fit(timelineEnd(open.project, timelineId), timeline.format.frameRate);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [surface, view, timelineId]);
}

/** The transition or marker that an element shows, by id. */
function markUnder(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  const data = target.closest<HTMLElement>('[data-transition], [data-marker]')?.dataset;
  return data?.['transition'] ?? data?.['marker'] ?? null;
}

const TOOL_CURSORS: Record<Exclude<Tool, 'select'>, string> = {
  ripple: 'col-resize',
  roll: 'col-resize',
  slip: 'ew-resize',
  slide: 'ew-resize',
  razor: 'crosshair',
};

function cursorFor(session: FilmSession, part: 'head' | 'body' | 'tail' | undefined): string {
  const { tool } = session.state.getState();
  if (part !== undefined && tool !== 'select') return TOOL_CURSORS[tool];
  return part === 'head' || part === 'tail' ? 'col-resize' : 'default';
}
