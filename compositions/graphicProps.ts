import type { GraphicFields } from '#core/graphics/templates.ts';

/** What a graphic is drawn from: nothing else may change the picture, neither a clock nor a hook. */
export type GraphicProps = {
  /** Complete fields of the template. */
  fields: GraphicFields;
  /** Linear progress of the entrance, 0 to 1. */
  enter: number;
  /** Linear progress of the exit, 0 to 1. */
  exit: number;
  /** Size of the frame in pixels. */
  width: number;
  height: number;
};
