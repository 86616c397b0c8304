import type { Clip } from '#core/model/entities.ts';

type ClipFadesProps = {
  fades: NonNullable<Clip['fades']>;
  width: number;
  height: number;
  flicksPerPixel: number;
};

/** What fades take away at the edges of a clip: the corner above the rising line is dark. */
export function ClipFades({ fades, width, height, flicksPerPixel }: ClipFadesProps) {
  const fadeIn = Math.min(width, fades.in / flicksPerPixel);
  const fadeOut = Math.min(width, fades.out / flicksPerPixel);
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute inset-0"
      width={width}
      height={height}
    >
      {fadeIn >= 1 && (
        <path d={`M0 ${height}L${fadeIn} 0H0z`} className="fill-app/60 stroke-strong/60" />
      )}
      {fadeOut >= 1 && (
        <path
          d={`M${width} ${height}L${width - fadeOut} 0H${width}z`}
          className="fill-app/60 stroke-strong/60"
        />
      )}
    </svg>
  );
}
