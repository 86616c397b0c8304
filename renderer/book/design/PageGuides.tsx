import type { CallOutput } from '#core/contract/contract.ts';

type PageGuidesProps = {
  geometry: CallOutput<'book.pages'>['geometry'];
  side: 'left' | 'right';
};

/** Over a page: where it is cut, what the binding takes, how far words have to stay from the edges, and the text. */
export function PageGuides({ geometry, side }: PageGuidesProps) {
  const { widthIn, heightIn, bleedIn, gutterIn, safeIn } = geometry;
  const [sheetWide, sheetHigh] = [widthIn + bleedIn, heightIn + 2 * bleedIn];
  // Bleed lies at the outer edge: on the left of left pages.
  const cutX = side === 'left' ? bleedIn : 0;
  const box = (inside: number, outside: number, top: number, bottom: number) => ({
    x: cutX + (side === 'left' ? outside : inside),
    y: bleedIn + top,
    width: widthIn - inside - outside,
    height: heightIn - top - bottom,
  });
  const text = box(geometry.insideIn, geometry.outsideIn, geometry.topIn, geometry.bottomIn);
  const safe = box(gutterIn, safeIn, safeIn, safeIn);
  const gutterX = side === 'left' ? cutX + widthIn - gutterIn : cutX;
  return (
    <svg
      viewBox={`0 0 ${sheetWide} ${sheetHigh}`}
      className="pointer-events-none absolute inset-0 size-full"
      aria-hidden="true"
    >
      <rect x={gutterX} y={0} width={gutterIn} height={sheetHigh} fill="#d0342c" opacity={0.1} />
      <rect
        {...safe}
        fill="none"
        stroke="#d0342c"
        strokeWidth={0.012}
        strokeDasharray="0.06 0.05"
      />
      <rect {...text} fill="none" stroke="#2f7fd0" strokeWidth={0.012} />
      {bleedIn > 0 && (
        <rect {...box(0, 0, 0, 0)} fill="none" stroke="#16161a" strokeWidth={0.012} opacity={0.6} />
      )}
    </svg>
  );
}
