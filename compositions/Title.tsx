import type { CSSProperties, ReactElement } from 'react';
import { easeIn, easeOut, part } from './easing.ts';
import type { GraphicProps } from './graphicProps.ts';
import { fittedSize, measures, SANS, SERIF, SMALLEST_TYPE, shade, WRAPPED } from './typography.ts';

/** A large title with an optional line below it, announced by a short accent rule. */
export function Title({ fields, enter, exit, width, height }: GraphicProps): ReactElement {
  const { unit, safeX, safeY } = measures(width, height);
  const title = fields['title'] ?? '';
  const subtitle = fields['subtitle'] ?? '';
  const isCentred = fields['align'] !== 'start';
  const isSerif = fields['typeface'] !== 'sans';
  const size = unit * fittedSize(title, isSerif ? 11 : 10, 24);
  const arrival = (from: number, to: number): CSSProperties => {
    const eased = easeOut(part(enter, from, to));
    return { opacity: eased, transform: `translateY(${(1 - eased) * unit * 2.4}px)` };
  };
  return (
    <div
      style={{
        position: 'absolute',
        inset: 0,
        padding: `${safeY}px ${isCentred ? safeX * 1.6 : safeX}px`,
        boxSizing: 'border-box',
        display: 'flex',
        alignItems: 'center',
        justifyContent: isCentred ? 'center' : 'flex-start',
        opacity: 1 - easeIn(exit),
      }}
    >
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          alignItems: isCentred ? 'center' : 'flex-start',
          textAlign: isCentred ? 'center' : 'left',
          maxWidth: '100%',
          color: fields['color'],
          textShadow: shade(unit),
        }}
      >
        <div
          style={{
            width: unit * 9 * easeOut(part(enter, 0, 0.6)),
            height: Math.max(1, unit * 0.5),
            borderRadius: unit * 0.25,
            background: fields['accent'],
            boxShadow: shade(unit),
            marginBottom: unit * 3.4,
          }}
        />
        <div
          dir="auto"
          style={{
            fontFamily: isSerif ? SERIF : SANS,
            fontVariationSettings: isSerif ? "'opsz' 72" : 'normal',
            fontWeight: isSerif ? 560 : 680,
            fontSize: size,
            lineHeight: 1.16,
            letterSpacing: isSerif ? '-0.012em' : '-0.022em',
            paddingBottom: '0.12em',
            maxWidth: '100%',
            ...WRAPPED,
            ...arrival(0.12, 0.85),
          }}
        >
          {title}
        </div>
        {subtitle === '' ? null : (
          <div
            dir="auto"
            style={{
              fontFamily: SANS,
              fontWeight: 480,
              fontSize: Math.max(SMALLEST_TYPE, unit * fittedSize(subtitle, 3.9, 60)),
              lineHeight: 1.42,
              letterSpacing: '0.01em',
              marginTop: unit * 1.6,
              maxWidth: Math.min(width - 2 * safeX, unit * 120),
              ...WRAPPED,
              ...arrival(0.3, 1),
            }}
          >
            {subtitle}
          </div>
        )}
      </div>
    </div>
  );
}
