import { describe, expect, it } from 'vitest';
import { placeWindow, type WindowState } from './windowState.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 860 };
const WIDE = { x: 1440, y: 0, width: 2560, height: 1400 };
const last: WindowState = { x: 200, y: 100, width: 1200, height: 700, maximised: false };

describe('placeWindow', () => {
  it('opens where the window was', () => {
    expect(placeWindow(last, [LAPTOP])).toEqual(last);
    const onWide = { ...last, x: 1600, maximised: true };
    expect(placeWindow(onWide, [LAPTOP, WIDE])).toEqual(onWide);
  });

  it('opens in the middle of the main display at first', () => {
    expect(placeWindow(null, [WIDE, LAPTOP])).toEqual({
      x: 1440 + (2560 - 1440) / 2,
      y: (1400 - 900) / 2,
      width: 1440,
      height: 900,
      maximised: false,
    });
  });

  it('comes back to the main display when its own is gone', () => {
    const placed = placeWindow({ ...last, x: 3000 }, [LAPTOP]);
    expect(placed).toMatchObject({ x: 120, y: 105, width: 1200, height: 700 });
  });

  it('keeps the title bar within reach', () => {
    expect(placeWindow({ ...last, y: -40 }, [LAPTOP]).y).toBe(25);
    expect(placeWindow({ ...last, y: 880 }, [LAPTOP])).toMatchObject({ x: 120, y: 105 });
    expect(placeWindow({ ...last, x: -1190 }, [LAPTOP])).toMatchObject({ x: 120, y: 105 });
    expect(placeWindow({ ...last, x: -1000 }, [LAPTOP]).x).toBe(-1000);
  });

  it('is never larger than the display nor smaller than the least size', () => {
    const huge = placeWindow({ ...last, width: 9000, height: 9000 }, [LAPTOP]);
    expect(huge).toMatchObject({ width: 1440, height: 860 });
    const tiny = placeWindow({ ...last, width: 10, height: 10 }, [LAPTOP]);
    expect(tiny).toMatchObject({ width: 1024, height: 640 });
  });

  it('has a place when no display is known', () => {
    expect(placeWindow(last, [])).toMatchObject({ width: 1200, height: 700 });
  });
});
