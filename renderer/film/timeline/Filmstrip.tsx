import type { ThumbnailStrip } from '#core/contract/media.ts';
import type { Clip } from '#core/model/entities.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { flicks } from '#core/time/flicks.ts';

type FilmstripProps = {
  strip: ThumbnailStrip;
  clip: Clip;
  height: number;
  flicksPerPixel: number;
  /** Pixels of the clip that are mounted, from its left edge. */
  from: number;
  to: number;
};

/** Small pictures of a clip, each the one nearest to the time where it stands. */
export function Filmstrip({ strip, clip, height, flicksPerPixel, from, to }: FilmstripProps) {
  const scale = height / strip.tileHeight;
  const width = Math.max(8, Math.round(strip.tileWidth * scale));
  const rows = Math.ceil(strip.count / strip.columns);
  const first = Math.max(0, Math.floor(from / width));
  const last = Math.ceil(to / width);
  const slots = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    <>
      {slots.map((slot) => {
        const offset = flicks(Math.round((slot + 0.5) * width * flicksPerPixel));
        const time = sourceTimeAt(clip.sourceRange, offset);
        const tile = Math.min(
          strip.count - 1,
          Math.max(0, Math.floor(time / strip.intervalFlicks)),
        );
        const column = tile % strip.columns;
        const row = Math.floor(tile / strip.columns);
        return (
          <div
            key={slot}
            className="absolute top-0"
            style={{
              left: slot * width,
              width,
              height,
              backgroundImage: `url("${strip.path}")`,
              backgroundSize: `${width * strip.columns}px ${height * rows}px`,
              backgroundPosition: `${-column * width}px ${-row * height}px`,
            }}
          />
        );
      })}
    </>
  );
}
