import { expect } from 'vitest';
import { anyItemId, linkedTracks, type Wish } from '../wish.ts';

export const AUDIO_WISHES: Record<string, Wish> = {
  setGain: {
    command: (moment) => ({
      type: 'clip.setGain',
      clipId: anyItemId(moment),
      gainDb: (moment.chances.amount % 40) - 20,
    }),
    registers: ['gainDb'],
    scope: (moment) => linkedTracks(moment, [anyItemId(moment)]),
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'clip.setGain') return;
      const item = now(command.clipId);
      const others = [...before.keys()].filter((id) => id !== command.clipId);
      expect(others.length + 1).toBe(before.size);
      if (item?.kind === 'clip' && item.linkId === undefined) {
        expect(item.gainDb ?? 0).toBe(command.gainDb);
      }
    },
  },
};
