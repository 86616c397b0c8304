import { describe, expect, it } from 'vitest';
import { EFFECTS } from '#core/effects/effects.ts';
import { effectGroups } from './effectWords.ts';

const names = (wanted?: Parameters<typeof effectGroups>[0]) =>
  effectGroups(wanted).flatMap(({ entries }) => entries.map(({ name }) => name));

describe('the list of effects', () => {
  it('has every effect once, in groups of picture or sound', () => {
    expect(names().sort()).toEqual(Object.keys(EFFECTS).sort());
    expect(effectGroups().filter(({ group }) => group === 'Repair')).toHaveLength(2);
  });

  it('finds effects by what they do, not only by their names', () => {
    expect(names({ search: 'green wall' })).toEqual(['chromaKey']);
    expect(names({ search: 'hum' })).toEqual(['removeHum']);
    expect(names({ search: 'no such thing' })).toEqual([]);
  });

  it('keeps pictures and sound apart where only one is wanted', () => {
    expect(names({ of: 'sound' })).toContain('gate');
    expect(names({ of: 'sound' })).not.toContain('blur');
  });
});
