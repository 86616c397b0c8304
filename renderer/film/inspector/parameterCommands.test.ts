import { describe, expect, it } from 'vitest';
import type { Clip } from '#core/model/entities.ts';
import { rate } from '#core/time/rate.ts';
import { filmFixture, seconds } from '#tests/support/filmFixture.ts';
import { clipTargets } from './clipTargets.ts';
import {
  easingCommands,
  resetCommands,
  toggleKeyframeCommands,
  valueCommands,
} from './parameterCommands.ts';

const RATE = rate(30);

/** A picture from second 2 to second 6, and its opacity as the inspector has it. */
function film() {
  const made = filmFixture();
  const source = { timelineId: made.timeline.id, assetId: made.assetId };
  made.edit({
    type: 'clip.overwrite',
    ...source,
    at: seconds(2),
    out: seconds(4),
    use: 'picture',
  });
  const clip = (): Clip => {
    const [item] = made.itemsOn('V1');
    if (item?.kind !== 'clip') throw new Error('The clip is gone.');
    return item;
  };
  const opacity = () => clipTargets([clip()], ['opacity']);
  return {
    clip,
    opacity,
    edit: (commands: Parameters<typeof made.edit>) => made.edit(...commands),
  };
}

describe('what a row of the inspector does', () => {
  it('sets a value for the whole clip until it has keyframes, then a keyframe', () => {
    const { clip, opacity, edit } = film();
    edit(valueCommands(opacity(), 0.5, seconds(3)));
    expect(clip().opacity).toBe(0.5);
    edit(toggleKeyframeCommands(opacity(), seconds(3), RATE));
    edit(valueCommands(opacity(), 1, seconds(5)));
    expect(clip().opacity).toEqual({
      keyframes: [
        { time: seconds(1), value: 0.5, easing: 'linear' },
        { time: seconds(3), value: 1, easing: 'linear' },
      ],
    });
  });

  it('takes the keyframe at the playhead away again', () => {
    const { clip, opacity, edit } = film();
    edit(toggleKeyframeCommands(opacity(), seconds(3), RATE));
    edit(toggleKeyframeCommands(opacity(), seconds(3), RATE));
    expect(clip().opacity ?? 1).toBe(1);
  });

  it('changes the way that the playhead is on, and only that', () => {
    const { clip, opacity, edit } = film();
    for (const at of [2, 4, 6]) edit(toggleKeyframeCommands(opacity(), seconds(at), RATE));
    edit(easingCommands(opacity(), seconds(5), RATE, 'hold'));
    const { opacity: after } = clip();
    const easings = typeof after === 'object' ? after.keyframes.map((key) => key.easing) : [];
    expect(easings).toEqual(['linear', 'hold', 'linear']);
  });

  it('takes everything back to the default', () => {
    const { clip, opacity, edit } = film();
    edit(toggleKeyframeCommands(opacity(), seconds(3), RATE));
    edit(valueCommands(opacity(), 0.2, seconds(4)));
    edit(resetCommands(opacity()));
    expect(clip().opacity).toBeUndefined();
  });
});
