import { z } from 'zod';

export const MIN_WIDTH = 1024;
export const MIN_HEIGHT = 640;
const DEFAULT_WIDTH = 1440;
const DEFAULT_HEIGHT = 900;
/** How much of the window's upper edge must be on a display for the window to be within reach of a mouse. */
const REACHABLE = 80;

/** A rectangle on the desktop, in device-independent pixels. */
export type Box = { x: number; y: number; width: number; height: number };

export const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximised: z.boolean(),
});
/** Where the window was when it was last seen, and whether it filled the screen. */
export type WindowState = z.infer<typeof windowStateSchema>;

/**
 * Where to open the window: where it was, no larger than the display it lies on and within reach; in the middle of
 * the first display when it was never seen or its display is gone. `workAreas` has the main display first.
 */
export function placeWindow(last: WindowState | null, workAreas: readonly Box[]): WindowState {
  const main = workAreas[0] ?? { x: 0, y: 0, width: DEFAULT_WIDTH, height: DEFAULT_HEIGHT };
  const home = last === null ? undefined : workAreas.find((area) => isReachable(last, area));
  const area = home ?? main;
  const width = between(last?.width ?? DEFAULT_WIDTH, MIN_WIDTH, area.width);
  const height = between(last?.height ?? DEFAULT_HEIGHT, MIN_HEIGHT, area.height);
  const maximised = last?.maximised ?? false;
  if (last === null || home === undefined) {
    const x = Math.round(area.x + Math.max(0, area.width - width) / 2);
    const y = Math.round(area.y + Math.max(0, area.height - height) / 2);
    return { x, y, width, height, maximised };
  }
  return { x: last.x, y: Math.max(last.y, area.y), width, height, maximised };
}

function isReachable(box: Box, area: Box): boolean {
  const across = Math.min(box.x + box.width, area.x + area.width) - Math.max(box.x, area.x);
  const top = Math.max(box.y, area.y);
  const isAtHand = top - box.y < REACHABLE && top < area.y + area.height - REACHABLE;
  return across >= REACHABLE && isAtHand && box.y + box.height > area.y;
}

/** A minimum wins over a display that is smaller still, as the window system has it. */
function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
