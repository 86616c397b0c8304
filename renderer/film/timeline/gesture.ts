import type { ObjectId } from '#core/model/entities.ts';
import type { Flicks } from '#core/time/flicks.ts';
import type { DropPreview } from './mediaDrop.ts';
import type { MoveDrag, MovePreview } from './moveDrag.ts';
import type { ToolDrag, ToolPreview } from './toolDrag.ts';
import type { TrimDrag, TrimPreview } from './trimDrag.ts';

/** What the pointer is doing on the timeline, and what would come of it if it were let go now. */
export type Gesture =
  | { kind: 'move'; drag: MoveDrag; preview: MovePreview; mode: 'overwrite' | 'insert' }
  | { kind: 'trim'; drag: TrimDrag; preview: TrimPreview }
  | { kind: 'tool'; drag: ToolDrag; preview: ToolPreview }
  | { kind: 'drop'; preview: DropPreview; mode: 'overwrite' | 'insert' }
  | { kind: 'marquee'; from: MarqueeCorner; to: MarqueeCorner };

/** A corner of the frame that is drawn around items: time, and pixels from the top of the lanes. */
export type MarqueeCorner = { time: Flicks; y: number };

/** Where the snap line of a gesture stands; null when nothing has caught. */
export function snapLineOf(gesture: Gesture | null): Flicks | null {
  return gesture === null || gesture.kind === 'marquee' ? null : gesture.preview.snappedAt;
}

/** Items that are drawn faint because a ghost shows where they would be. */
export function ghostedItems(gesture: Gesture | null): ReadonlySet<ObjectId> {
  if (gesture?.kind === 'move') return new Set(gesture.drag.items.map((item) => item.id));
  return NOTHING;
}

const NOTHING: ReadonlySet<ObjectId> = new Set();
