/** How far a part of a picture has moved since the picture before; pixels of the measured picture, from its middle. */
export type FieldMotion = { x: number; y: number; byX: number; byY: number };

const FRAME = /^Frame \d+ \(List \d+ \[(.*)\]\)\s*$/;
const FIELD = /\(LM (-?\d+) (-?\d+) (-?\d+) (-?\d+) \d+ -?[\d.e+-]+ -?[\d.e+-]+\)/g;

/**
 * Reads what `vidstabdetect` of ffmpeg wrote as text (“VID.STAB 1”): for each frame, in order of presentation, a list
 * of fields `LM vx vy x y size contrast match`, where `vx vy` is how far the camera has moved. Lines that are none are left out; null where it is another format.
 */
export function readMotionFields(
  text: string,
  { width, height }: { width: number; height: number },
): FieldMotion[][] | null {
  if (!text.startsWith('VID.STAB 1')) return null;
  return text.split('\n').flatMap((line) => {
    const list = FRAME.exec(line)?.[1];
    if (list === undefined) return [];
    const fields = [...list.matchAll(FIELD)].map(([, byX, byY, x, y]) => ({
      x: Number(x) - width / 2,
      y: Number(y) - height / 2,
      byX: -Number(byX),
      byY: -Number(byY),
    }));
    return [fields];
  });
}
