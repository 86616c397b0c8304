import type { EditCommand } from '#core/edits/registry.ts';
import type { Fault } from '#core/fault.ts';
import type { Item, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { Project } from '#core/model/project.ts';
import { addFlicks, type Flicks, flicks } from '#core/time/flicks.ts';
import { snapToFrame } from '#core/time/rate.ts';
import { previewEdit } from './editPreview.ts';
import { snapEdges, type SnapSettings } from './snapping.ts';

/** The tools that change how clips meet; the others choose, move and cut. */
export type TrimTool = 'ripple' | 'roll' | 'slip' | 'slide';

/** An item that a trim tool has taken hold of; ripple and roll hold it by an edge. */
export type ToolDrag = {
  tool: TrimTool;
  item: Item;
  edge: 'head' | 'tail';
  scope: 'linked' | 'alone';
};

export type ToolPreview = {
  /** How far the pointer has moved what it holds. */
  by: Flicks;
  /** Items as they would be. */
  changed: readonly Item[];
  snappedAt: Flicks | null;
  isStopped: boolean;
  /** Why nothing can be done, in words. */
  refusal: string | null;
};

/** The tool of a drag, with the edge nearest to where it began for the tools that need one. */
export function beginTool(
  tool: TrimTool,
  options: { item: Item; at: Flicks; scope: 'linked' | 'alone' },
): ToolDrag {
  const { item, at, scope } = options;
  const edge = at - itemStart(item) < itemEnd(item) - at ? 'head' : 'tail';
  return { tool, item, edge, scope };
}

/** What the drag would do with the pointer moved by `delta`: as much of it as media and neighbours allow. */
export function previewTool(
  project: Project,
  timeline: Timeline,
  drag: ToolDrag,
  delta: number,
  snap: { targets: readonly Flicks[]; settings: SnapSettings },
): ToolPreview {
  const { frameRate } = timeline.format;
  const wanted = snapToFrame(flicks(Math.round(delta)), frameRate);
  const edges = heldEdges(drag).map((edge) => addFlicks(edge, wanted));
  const caught = snapEdges(edges, snap.targets, snap.settings);
  const aimed = caught === null ? wanted : addFlicks(wanted, caught.shift);
  const preview = attempt(project, drag, aimed);
  if (preview.ok) return { ...shown(aimed, preview.changed), snappedAt: caught?.at ?? null };
  const nearest = nearestAllowed(preview.error, drag, aimed);
  const instead = nearest === null ? preview : attempt(project, drag, nearest);
  if (instead.ok && nearest !== null) {
    return { ...shown(nearest, instead.changed), isStopped: true };
  }
  return { ...shown(flicks(0), []), refusal: preview.error.message };
}

function shown(by: Flicks, changed: readonly Item[]): ToolPreview {
  return { by, changed, snappedAt: null, isStopped: false, refusal: null };
}

/** The command that does what the preview shows; none when nothing has moved. */
export function toolCommands(drag: ToolDrag, by: Flicks): EditCommand[] {
  if (by === 0) return [];
  const { item, edge, scope } = drag;
  const clip = { clipId: item.id, scope };
  switch (drag.tool) {
    case 'ripple':
      return [{ type: 'clip.rippleTrim', ...clip, edge, by }];
    case 'roll':
      return [{ type: 'clip.roll', ...clip, edge, to: addFlicks(edgeOf(drag), by) }];
    case 'slip':
      // The picture goes with the pointer, so what is seen comes from earlier in the source.
      return [{ type: 'clip.slip', ...clip, by: flicks(-by) }];
    case 'slide':
      return [{ type: 'clip.slide', ...clip, by }];
  }
}

function attempt(project: Project, drag: ToolDrag, by: Flicks) {
  return previewEdit(project, toolCommands(drag, by));
}

/** The distance nearest to `by` that a refusal says is possible. */
function nearestAllowed(error: Fault, drag: ToolDrag, by: Flicks): Flicks | null {
  const { min, max } = error.details ?? {};
  if (error.code !== 'edit/beyond-limit') return null;
  if (typeof min !== 'number' || typeof max !== 'number' || min > max) return null;
  const sign = drag.tool === 'slip' ? -1 : 1;
  return flicks(sign * Math.min(max, Math.max(min, sign * by)));
}

function edgeOf({ item, edge }: ToolDrag): Flicks {
  return edge === 'head' ? itemStart(item) : itemEnd(item);
}

/** The edges that snap: what a slip moves is inside the clip. */
function heldEdges(drag: ToolDrag): Flicks[] {
  if (drag.tool === 'slip') return [];
  return drag.tool === 'slide' ? [itemStart(drag.item), itemEnd(drag.item)] : [edgeOf(drag)];
}
