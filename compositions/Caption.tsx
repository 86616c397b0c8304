import type { ReactElement } from 'react';
import type { GraphicProps } from './graphicProps.ts';
import { fittedSize, measures, PLATE, SANS, shade, WRAPPED } from './typography.ts';

/** Spoken words at the bottom or top of the picture. They appear and go at once, as captions do. */
export function Caption({ fields, width, height }: GraphicProps): ReactElement | null {
  const { unit, safeX, safeY } = measures(width, height);
  const text = (fields['text'] ?? '').trim();
  if (text === '') return null;
  const isPlate = fields['backing'] !== 'shadow';
  return (
    <div
      style={{
        position: 'absolute',
        inset: 0,
        padding: `${safeY * 1.3}px ${safeX}px`,
        boxSizing: 'border-box',
        display: 'flex',
        justifyContent: 'center',
        alignItems: fields['position'] === 'top' ? 'flex-start' : 'flex-end',
      }}
    >
      <div
        style={{
          maxWidth: Math.min(width - 2 * safeX, unit * 118),
          padding: `${unit * 1}px ${unit * 2.2}px`,
          borderRadius: unit * 1.1,
          background: isPlate ? PLATE : 'transparent',
        }}
      >
        <div
          dir="auto"
          style={{
            color: fields['color'],
            textShadow: isPlate ? 'none' : shade(unit),
            fontFamily: SANS,
            fontSize: unit * fittedSize(text, 4.9, 120),
            fontWeight: 540,
            lineHeight: 1.32,
            textAlign: 'center',
            ...WRAPPED,
          }}
        >
          {text}
        </div>
      </div>
    </div>
  );
}
