import type { ReactElement } from 'react';
import { easeIn, easeOut, part } from './easing.ts';
import type { GraphicProps } from './graphicProps.ts';
import { fittedSize, measures, PLATE, SANS, SMALLEST_TYPE, WRAPPED } from './typography.ts';

/** A name and a role beside an accent rule that grows; the plate opens from the rule. */
export function LowerThird({ fields, enter, exit, width, height }: GraphicProps): ReactElement {
  const { unit, safeX, safeY } = measures(width, height);
  const name = fields['name'] ?? '';
  const role = fields['role'] ?? '';
  const isRight = fields['side'] === 'right';
  const rule = easeOut(part(enter, 0, 0.5));
  const opened = easeOut(part(enter, 0.2, 0.9));
  const words = easeOut(part(enter, 0.4, 1));
  const hidden = `${(1 - opened) * 100}%`;
  const drift = (1 - words) * unit * 2 * (isRight ? 1 : -1);
  const maxWidth = Math.min(width - 2 * safeX, Math.max(width * 0.56, unit * 60));
  return (
    <div
      style={{
        position: 'absolute',
        inset: 0,
        padding: `${safeY * 1.5}px ${safeX}px`,
        boxSizing: 'border-box',
        display: 'flex',
        alignItems: 'flex-end',
        justifyContent: isRight ? 'flex-end' : 'flex-start',
        opacity: 1 - easeIn(exit),
      }}
    >
      <div style={{ display: 'flex', flexDirection: isRight ? 'row-reverse' : 'row', maxWidth }}>
        <div
          style={{
            width: Math.max(1, Math.round(unit * 0.6)),
            flex: 'none',
            background: fields['accent'],
            transform: `scaleY(${rule})`,
            transformOrigin: 'bottom',
          }}
        />
        <div
          style={{
            background: PLATE,
            clipPath: isRight ? `inset(0 0 0 ${hidden})` : `inset(0 ${hidden} 0 0)`,
            padding: `${unit * 1.7}px ${unit * 3}px ${unit * 1.8}px ${unit * 2.4}px`,
            ...(isRight ? { paddingLeft: unit * 3, paddingRight: unit * 2.4 } : {}),
            minWidth: 0,
          }}
        >
          <div
            style={{
              color: fields['color'],
              fontFamily: SANS,
              textAlign: isRight ? 'right' : 'left',
              opacity: words,
              transform: `translateX(${drift}px)`,
            }}
          >
            <div
              dir="auto"
              style={{
                fontSize: unit * fittedSize(name, 5.2, 28),
                fontWeight: 640,
                lineHeight: 1.24,
                letterSpacing: '-0.012em',
                ...WRAPPED,
              }}
            >
              {name}
            </div>
            {role === '' ? null : (
              <div
                dir="auto"
                style={{
                  fontSize: Math.max(SMALLEST_TYPE, unit * 3.3),
                  fontWeight: 440,
                  lineHeight: 1.36,
                  marginTop: unit * 0.3,
                  opacity: 0.86,
                  ...WRAPPED,
                }}
              >
                {role}
              </div>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
