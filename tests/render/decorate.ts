import fc from 'fast-check';
import { BLENDS, TRANSITION_DIRECTIONS, TRANSITION_KINDS } from '#core/model/entities.ts';
import { itemDuration } from '#core/model/items.ts';
import type { Project } from '#core/model/project.ts';
import { rangeDuration } from '#core/model/sourceRange.ts';
import type { Json } from '#core/model/write.ts';
import { flicks } from '#core/time/flicks.ts';

/** Something that is done to the look, speed or content of a clip, or to a track or transition. */
export type Decoration = { kind: (typeof KINDS)[number]; which: number; amount: number };

const KINDS = [
  'opacity',
  'position',
  'crop',
  'fades',
  'blend',
  'effect',
  'speed',
  'nest',
  'solo',
  'transition',
] as const;

export const decorations: fc.Arbitrary<Decoration[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), which: fc.nat(1000), amount: fc.nat(1000) }),
  { maxLength: 12 },
);

/** Writes the registers of a decoration; times and lengths on the timeline stay as they are. */
export function decorate(
  project: Project,
  { kind, which, amount }: Decoration,
  nestId: string,
): void {
  const clips = project.all('clip');
  const clip = clips[which % Math.max(1, clips.length)];
  const write = (object: string | undefined, register: string, value: unknown) => {
    if (object === undefined) return;
    project.apply([{ object, register, value: JSON.parse(JSON.stringify(value)) as Json }]);
  };
  switch (kind) {
    case 'opacity': {
      const keyframe = { time: 0, value: amount / 1000, easing: 'linear' };
      write(clip?.id, 'opacity', amount % 2 === 0 ? amount / 1000 : { keyframes: [keyframe] });
      return;
    }
    case 'position':
      write(clip?.id, 'positionX', amount / 1000 - 0.5);
      return;
    case 'crop':
      write(clip?.id, 'cropLeft', amount / 2000);
      return;
    case 'fades':
      if (clip) write(clip.id, 'fades', { in: Math.floor(itemDuration(clip) / 3), out: 0 });
      return;
    case 'blend':
      write(clip?.id, 'blend', BLENDS[amount % BLENDS.length]);
      return;
    case 'effect':
      write(clip?.id, 'effects', [
        { id: 'one', effect: 'blur', parameters: {}, disabled: amount % 2 === 0 },
      ]);
      return;
    case 'speed': {
      if (clip === undefined) return;
      const duration = rangeDuration(clip.sourceRange);
      const speed = { num: (amount % 9) - 4, den: 1 + (amount % 3) };
      const length = flicks(Math.round((duration * Math.abs(speed.num)) / speed.den));
      const range = { in: clip.sourceRange.in, out: clip.sourceRange.in + length };
      write(clip.id, 'sourceRange', { ...range, retime: { kind: 'constant', duration, speed } });
      return;
    }
    case 'nest': {
      // Nested sound at another speed is refused, so only pictures are nested.
      const track = clip && project.find('track', clip.placement.trackId);
      if (clip === undefined || track?.trackKind !== 'video') return;
      if (track.timelineId === nestId) return;
      write(clip.id, 'assetId', null);
      write(clip.id, 'nestedTimelineId', nestId);
      return;
    }
    case 'solo': {
      const tracks = project.all('track');
      write(tracks[which % Math.max(1, tracks.length)]?.id, 'solo', true);
      return;
    }
    case 'transition': {
      const transitions = project.all('transition');
      const id = transitions[which % Math.max(1, transitions.length)]?.id;
      write(id, 'transitionKind', TRANSITION_KINDS[amount % TRANSITION_KINDS.length]);
      write(id, 'direction', TRANSITION_DIRECTIONS[amount % TRANSITION_DIRECTIONS.length]);
      return;
    }
  }
}
