import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { OverlayLayer } from '#core/graphics/graphicKey.ts';
import { rate } from '#core/time/rate.ts';
import { OverlayStack } from './OverlayStack.tsx';

const format = { width: 1280, height: 720, frameRate: rate(30) };

function markup(layers: OverlayLayer[], size = format): string {
  return renderToStaticMarkup(<OverlayStack layers={layers} {...size} />);
}

function layer(
  template: OverlayLayer['template'],
  fields: Record<string, string>,
  frame = 60,
): OverlayLayer {
  return { template, fields, frame, durationFrames: 150 };
}

describe('overlays outside the renderer', () => {
  it('draw every template in a plain page, with the words as text', () => {
    const html = markup([
      layer('title', { title: 'Ink & reel', subtitle: 'A film' }),
      layer('lowerThird', { name: 'Ada', role: 'Analyst' }),
      layer('caption', { text: 'Good evening' }),
    ]);
    for (const words of ['Ink &amp; reel', 'A film', 'Ada', 'Analyst', 'Good evening'])
      expect(html).toContain(words);
    expect(html.match(/dir="auto"/g)).toHaveLength(5);
  });

  it('leave out lines that are empty', () => {
    expect(markup([layer('caption', { text: ' \n ' })])).toBe(markup([]));
    expect(markup([layer('title', { title: 'Alone' })]).match(/dir="auto"/g)).toHaveLength(1);
  });

  it('grow with the frame, so that every resolution looks alike', () => {
    const sizeAt = (scale: number) => {
      const html = markup([layer('caption', { text: 'Good evening' })], {
        ...format,
        width: 1280 * scale,
        height: 720 * scale,
      });
      return Number(/font-size:([\d.]+)px/.exec(html)?.[1]);
    };
    expect(sizeAt(3)).toBeCloseTo(sizeAt(1) * 3);
    expect(sizeAt(1)).toBeGreaterThan(30);
  });

  it('refuse values that no template can draw', () => {
    expect(() => markup([layer('title', { color: 'blue' })])).toThrow(/not a colour/);
  });
});
