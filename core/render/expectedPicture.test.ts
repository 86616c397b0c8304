import { describe, expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { borderFrames, expectedPicture, spanAt } from './expectedPicture.ts';
import { planExport } from './planExport.ts';

const film = filmFixture();
film.edit(
  {
    type: 'clip.append',
    timelineId: film.timeline.id,
    assetId: film.assetId,
    in: 0,
    out: seconds(1),
  },
  {
    type: 'clip.append',
    timelineId: film.timeline.id,
    assetId: film.assetId,
    in: seconds(2),
    out: seconds(3),
    clipIds: ['faded', 'heard'],
  },
  { type: 'clip.setFades', clipIds: ['faded'], in: seconds(0.5) },
);
const plan = planExport(film.project, film.timeline.id, exportSettingsSchema.parse({}));
const never = () => false;

describe('what a frame of a film may show', () => {
  it('is moving and bright for footage that is only cut', () => {
    expect(expectedPicture(plan, 0, never)).toEqual({ mayBeDark: false, mayStandStill: false });
  });

  it('may be dark where a clip fades, and still where it is a still', () => {
    expect(expectedPicture(plan, 30, () => true)).toEqual({ mayBeDark: true, mayStandStill: true });
  });

  it('is nothing outside the film', () => {
    expect(expectedPicture(plan, 60, never)).toEqual({ mayBeDark: true, mayStandStill: true });
    expect(spanAt(plan.spans, 60)).toBeUndefined();
  });
});

it('borders are those of spans and of pieces, in order, each once', () => {
  expect(borderFrames(plan)).toEqual([30]);
  expect(borderFrames(plan, [45, 0, 30, 15, 60])).toEqual([15, 30, 45]);
});
