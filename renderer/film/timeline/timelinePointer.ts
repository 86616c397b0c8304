import type { EditCommand } from '#core/edits/registry.ts';
import type { Item, ObjectId, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { firstIndexEndingAfter, type Project } from '#core/model/project.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';
import { splitCommand } from '../filmEdits.ts';
import { type FilmSession, select, type Tool } from '../filmSession.ts';
import type { Gesture } from './gesture.ts';
import { type Hit, hitLane } from './hitTest.ts';
import { type Lane, laneAt } from './lanes.ts';
import { type Dragged, previewDrop } from './mediaDrop.ts';
import { beginMove, moveCommands, previewMove } from './moveDrag.ts';
import { secondsCatch, snapEdges, type SnapSettings, snapTargets, toFrame } from './snapping.ts';
import { timeAtX } from './timeScale.ts';
import { beginTool, previewTool, toolCommands, type TrimTool } from './toolDrag.ts';
import { beginTrim, previewTrim, trimCommands } from './trimDrag.ts';

/** Where the pointer is and which keys are held. */
export type PointerPlace = {
  /** From the left edge of the lanes. */
  x: number;
  /** From the top of the lanes, scrolled or not. */
  y: number;
  shift: boolean;
  /** Ctrl, or the command key on a Mac. */
  mod: boolean;
};

export type TimelinePointerOptions = {
  session: FilmSession;
  project: () => Project;
  timeline: () => Timeline;
  lanes: () => readonly Lane[];
  edit: (commands: readonly EditCommand[]) => void;
  refuse: (words: string) => void;
};

const DRAG_PX = 4;
const SNAP_PX = 8;
/** Nearer to an edge than this, the view scrolls along. */
const EDGE_PX = 28;
const SCROLL_PX = 14;

type Press = { at: PointerPlace; hit: Hit | null; origin: number };

/**
 * Turns what the pointer does on the lanes into a gesture with a preview, and the end of it into one edit. Knows
 * nothing of elements: places come in as numbers.
 */
export class TimelinePointer {
  readonly #options: TimelinePointerOptions;
  #press: Press | null = null;
  #place: PointerPlace | null = null;
  #selectionBefore: ReadonlySet<ObjectId> = new Set();

  constructor(options: TimelinePointerOptions) {
    this.#options = options;
  }

  get isActive(): boolean {
    return this.#press !== null;
  }

  /** What lies at a place. */
  hit(place: Pick<PointerPlace, 'x' | 'y'>): Hit | null {
    const lane = laneAt(this.#options.lanes(), place.y);
    if (lane === undefined) return null;
    const { scale } = this.#options.session.view;
    const items = this.#options.project().itemsOn(lane.track.id);
    const hit = hitLane(items, timeAtX(scale, place.x), scale.flicksPerPixel);
    return hit !== null && lane.track.locked ? { item: hit.item, part: 'body' } : hit;
  }

  press(place: PointerPlace): void {
    const hit = this.hit(place);
    this.#press = { at: place, hit, origin: this.#options.session.view.scale.origin };
    this.#place = place;
    const { selection } = this.#options.session.state.getState();
    this.#selectionBefore = selection;
    if (hit === null) {
      if (!place.shift && selection.size > 0) select(this.#options.session, []);
    } else if (place.shift) this.#toggle(hit.item);
    else if (!selection.has(hit.item.id)) select(this.#options.session, this.#together(hit.item));
    else this.#options.session.state.setState({ focused: hit.item.id });
  }

  /** Chooses what lies at a place, unless it is among what is chosen already. */
  choose(place: PointerPlace): void {
    const hit = this.hit(place);
    const { session } = this.#options;
    if (hit === null) select(session, []);
    else if (!session.state.getState().selection.has(hit.item.id))
      select(session, this.#together(hit.item));
  }

  move(place: PointerPlace): void {
    this.#place = place;
  }

  /** Follows the pointer; once for each frame, so that the view can scroll under a pointer that rests. */
  tick(): void {
    const press = this.#press;
    const place = this.#place;
    if (press === null || place === null) return;
    const { session } = this.#options;
    const begun = session.state.getState().gesture !== null;
    const far = Math.hypot(place.x - press.at.x, place.y - press.at.y) >= DRAG_PX;
    if (!begun && !far) return;
    if (begun) this.#scrollAtEdges(place);
    const gesture = this.#gestureAt(press, place);
    if (gesture !== null) session.state.setState({ gesture });
  }

  /** Lets go: one edit, or a click. */
  release(): void {
    this.tick();
    const press = this.#press;
    const { session, project, edit, refuse } = this.#options;
    const { gesture, isLinked } = session.state.getState();
    this.#end();
    const scope = isLinked ? 'linked' : 'alone';
    if (gesture?.kind === 'move') {
      if (gesture.preview.refusal !== null) refuse(gesture.preview.refusal);
      const { drag, preview, mode } = gesture;
      send(edit, moveCommands(project(), drag, preview, { mode, scope }));
    } else if (gesture?.kind === 'trim') {
      send(edit, trimCommands(gesture.drag, gesture.preview.to, scope));
    } else if (gesture?.kind === 'tool') {
      if (gesture.preview.refusal !== null) refuse(gesture.preview.refusal);
      send(edit, toolCommands(gesture.drag, gesture.preview.by));
    } else if (gesture === null && press?.hit && this.#tool === 'razor') {
      this.#cut(press);
    } else if (gesture === null && press?.hit && !press.at.shift) {
      select(session, this.#together(press.hit.item));
    }
  }

  /** Leaves everything as it was before the press. */
  cancel(): void {
    const wasMarquee = this.#options.session.state.getState().gesture?.kind === 'marquee';
    this.#end();
    if (wasMarquee) select(this.#options.session, this.#selectionBefore);
  }

  /** Shows what dropping at a place would do. */
  dragOver(dragged: Dragged, place: PointerPlace): void {
    const { session, project, timeline } = this.#options;
    const lane = laneAt(this.#options.lanes(), place.y);
    const mode = place.mod ? 'insert' : 'overwrite';
    const preview = previewDrop(
      project(),
      timeline(),
      dragged,
      { time: timeAtX(session.view.scale, place.x), trackId: lane?.track.id ?? null, mode },
      this.#snap(place, new Set()),
    );
    session.state.setState({ gesture: preview === null ? null : { kind: 'drop', preview, mode } });
  }

  dragLeave(): void {
    if (this.#options.session.state.getState().gesture?.kind === 'drop') this.#end();
  }

  drop(): void {
    const { gesture } = this.#options.session.state.getState();
    this.#end();
    if (gesture?.kind !== 'drop') return;
    if (gesture.preview.refusal !== null) this.#options.refuse(gesture.preview.refusal);
    else this.#options.edit([gesture.preview.command]);
  }

  #gestureAt(press: Press, place: PointerPlace): Gesture | null {
    const { session, project, timeline } = this.#options;
    const current = session.state.getState().gesture;
    const pressedAt = flicks(
      Math.round(press.origin + press.at.x * session.view.scale.flicksPerPixel),
    );
    if (press.hit === null) return this.#marquee(pressedAt, press, place);
    const time = session.view.scale.origin + place.x * session.view.scale.flicksPerPixel;
    const tool = trimToolOf(this.#tool, press);
    if (tool !== null) return this.#useTool(tool, press.hit, { pressedAt, time, place });
    if (this.#tool === 'razor') return null;
    if (press.hit.part === 'body') {
      const drag =
        current?.kind === 'move' ? current.drag : this.#beginMove(press.hit.item, pressedAt);
      if (drag === null) return this.#refuseLocked(press.hit.item);
      const lane = laneAt(this.#options.lanes(), place.y);
      const mode = place.mod ? 'insert' : 'overwrite';
      const ids = new Set(drag.items.map((item) => item.id));
      const pointer = { time, trackId: lane?.track.id ?? null, mode } as const;
      const snap = this.#snap(place, ids);
      return {
        kind: 'move',
        drag,
        mode,
        preview: previewMove(project(), timeline(), drag, pointer, snap),
      };
    }
    const { isLinked } = session.state.getState();
    const drag =
      current?.kind === 'trim'
        ? current.drag
        : beginTrim(project(), timeline(), {
            item: press.hit.item,
            edge: press.hit.part,
            scope: isLinked ? 'linked' : 'alone',
          });
    if (drag === null) return this.#refuseLocked(press.hit.item);
    const ids = new Set(drag.items.map((item) => item.id));
    return {
      kind: 'trim',
      drag,
      preview: previewTrim(timeline(), drag, time - pressedAt, this.#snap(place, ids)),
    };
  }

  get #tool() {
    return this.#options.session.state.getState().tool;
  }

  /** Follows the pointer with a trim tool; what comes of it is tried on the project itself. */
  #useTool(
    tool: TrimTool,
    hit: Hit,
    at: { pressedAt: Flicks; time: number; place: PointerPlace },
  ): Gesture {
    const { session, project, timeline } = this.#options;
    const { gesture, isLinked } = session.state.getState();
    const scope = isLinked ? 'linked' : 'alone';
    const drag =
      gesture?.kind === 'tool'
        ? gesture.drag
        : beginTool(tool, { item: hit.item, at: at.pressedAt, scope });
    const ids = new Set(
      project()
        .linkedWith(hit.item)
        .map((item) => item.id),
    );
    const snap = this.#snap(at.place, ids);
    const preview = previewTool(project(), timeline(), drag, at.time - at.pressedAt, snap);
    return { kind: 'tool', drag, preview };
  }

  /** Cuts where the razor was pressed. */
  #cut(press: Press): void {
    if (press.hit === null) return;
    const { session, timeline, edit } = this.#options;
    const { flicksPerPixel } = session.view.scale;
    const pressed = toFrame(
      press.origin + press.at.x * flicksPerPixel,
      timeline().format.frameRate,
    );
    const snap = this.#snap(press.at, new Set());
    const caught = snapEdges([pressed], snap.targets, snap.settings);
    const at = caught === null ? pressed : flicks(pressed + caught.shift);
    const { item } = press.hit;
    if (at <= itemStart(item) || at >= itemEnd(item)) return;
    const scope = session.state.getState().isLinked ? 'linked' : 'alone';
    edit([splitCommand(item, at, scope)]);
  }

  #beginMove(primary: Item, grabbedAt: Flicks) {
    const { selection, isLinked } = this.#options.session.state.getState();
    const scope = isLinked ? 'linked' : 'alone';
    return beginMove(this.#options.project(), { primary, selection, scope, grabbedAt });
  }

  #refuseLocked(item: Item): null {
    const locked = this.#options
      .project()
      .linkedWith(item)
      .map((other) => this.#options.project().find('track', other.placement.trackId))
      .find((track) => track?.locked);
    this.#end();
    if (locked) {
      this.#options.refuse(
        `Track “${locked.name}” is locked. Unlock it to edit what stands on it.`,
      );
    }
    return null;
  }

  #marquee(pressedAt: Flicks, press: Press, place: PointerPlace): Gesture {
    const time = timeAtX(this.#options.session.view.scale, place.x);
    const [from, to] = [Math.min(pressedAt, time), Math.max(pressedAt, time)];
    const [top, bottom] = [Math.min(press.at.y, place.y), Math.max(press.at.y, place.y)];
    const inside = this.#options
      .lanes()
      .filter((lane) => lane.top <= bottom && lane.top + lane.height >= top)
      .flatMap((lane) => itemsBetween(this.#options.project(), lane, { from, to }));
    const kept = place.shift ? this.#selectionBefore : [];
    select(this.#options.session, [...kept, ...inside.map((item) => item.id)]);
    return { kind: 'marquee', from: { time: pressedAt, y: press.at.y }, to: { time, y: place.y } };
  }

  #snap(place: PointerPlace, except: ReadonlySet<ObjectId>) {
    const { session, project, timeline } = this.#options;
    const { mounted, scale } = session.view;
    const settings: SnapSettings = {
      isOn: session.state.getState().isSnapping !== place.shift,
      reach: SNAP_PX * scale.flicksPerPixel,
      seconds: secondsCatch(scale.flicksPerPixel),
      frameRate: timeline().format.frameRate,
    };
    const playhead = session.playhead.time;
    const targets = settings.isOn
      ? snapTargets(project(), timeline().id, { window: mounted, except, playhead })
      : [];
    return { targets, settings };
  }

  #scrollAtEdges(place: PointerPlace): void {
    const { view } = this.#options.session;
    if (place.x < EDGE_PX) view.scrollBy(-SCROLL_PX);
    else if (place.x > view.widthPx - EDGE_PX) view.scrollBy(SCROLL_PX);
  }

  #toggle(item: Item): void {
    const { selection } = this.#options.session.state.getState();
    const next = new Set(selection);
    for (const id of this.#together(item)) {
      if (selection.has(item.id)) next.delete(id);
      else next.add(id);
    }
    select(this.#options.session, next);
  }

  /** An item with what goes along, itself last. */
  #together(item: Item): ObjectId[] {
    return together(this.#options.project(), item, this.#options.session);
  }

  #end(): void {
    this.#press = null;
    this.#place = null;
    this.#options.session.state.setState({ gesture: null });
  }
}

/** The ids that are selected with an item: its companions while picture and sound are linked, itself last. */
export function together(project: Project, item: Item, session: FilmSession): ObjectId[] {
  if (!session.state.getState().isLinked) return [item.id];
  const others = project.linkedWith(item).filter((other) => other.id !== item.id);
  return [...others.map((other) => other.id), item.id];
}

/** The trim tool that a press begins: that of the toolbar, or a ripple while Ctrl or the command key is held. */
function trimToolOf(tool: Tool, press: Press): TrimTool | null {
  if (tool === 'select') return press.at.mod && press.hit?.part !== 'body' ? 'ripple' : null;
  return tool === 'razor' ? null : tool;
}

function itemsBetween(project: Project, lane: Lane, range: { from: number; to: number }): Item[] {
  const items = project.itemsOn(lane.track.id);
  const found: Item[] = [];
  const first = firstIndexEndingAfter(items, flicks(range.from));
  for (let index = first; index < items.length; index++) {
    const item = items[index];
    if (item === undefined || itemStart(item) > range.to) break;
    if (itemEnd(item) > range.from) found.push(item);
  }
  return found;
}

function send(edit: TimelinePointerOptions['edit'], commands: readonly EditCommand[]): void {
  if (commands.length > 0) edit(commands);
}
