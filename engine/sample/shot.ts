import type { Painter } from './painter.ts';
import type { SceneName } from './score.ts';

/** One shot of the sample: a picture for any moment, and how long it lasts. */
export type Shot = {
  name: SceneName;
  durationSeconds: number;
  paint: (painter: Painter, seconds: number) => void;
};

export const WIDTH = 1280;
export const HEIGHT = 720;
