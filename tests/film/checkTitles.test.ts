import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { clearPicture } from '#engine/export/compose/picture.ts';
import { encodePng } from '#engine/export/compose/png.ts';
import type { OverlayRenderer } from '#engine/graphics/drawOverlays.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('check-titles');
const bench = new FilmBench(folder);
const seconds = (count: number) => flicks(count * FLICKS_PER_SECOND);

/** Graphics that cover all of every frame in one colour. */
function covering(color: readonly number[]): OverlayRenderer {
  return {
    async render({ width, height, pictures, onPicture }) {
      const card = clearPicture(width, height);
      for (let at = 0; at < card.data.length; at += 4) card.data.set([...color, 255], at);
      for (const index of pictures.keys()) await onPicture(index, encodePng(card));
    },
    close: () => Promise.resolve(),
  };
}

it.each([
  ['green', [0, 160, 0]],
  ['black', [0, 0, 0]],
])(
  'a %s card over footage that moves is neither a frozen picture nor a black one',
  async (_, color) => {
    const footage = join(folder, `${color.join('-')}.mp4`);
    await makeNumberedFootage({ path: footage, frames: 100, rate: '25' });
    const timelineId = bench.timeline({ frameRate: rate(25) });
    bench.clip(bench.track(timelineId, 'video'), ZERO, {
      assetId: await bench.asset(footage),
      sourceRange: { in: ZERO, out: seconds(4) },
    });
    bench.put(`card-${color.join('-')}`, {
      kind: 'graphic',
      name: 'Card',
      placement: { trackId: bench.track(timelineId, 'graphics'), start: seconds(1) },
      duration: seconds(2),
      template: 'title',
      fields: { title: 'Chapter' },
    });
    const overlays = () => Promise.resolve(covering(color));
    await expect(bench.export(timelineId, { overlays })).resolves.toMatch(/mp4$/);
  },
);
