import { describe, expect, it } from 'vitest';
import { keyNames, matchesKeys } from './keys.ts';

function press(
  key: string,
  held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {},
  code = '',
) {
  const { ctrl = false, shift = false, alt = false } = held;
  return { key, code, ctrlKey: ctrl, metaKey: false, shiftKey: shift, altKey: alt };
}

describe('shortcuts', () => {
  it('tell keys with and without Ctrl, Shift and Alt apart', () => {
    expect(matchesKeys(press('z', { ctrl: true }), 'Mod+Z')).toBe(true);
    expect(matchesKeys(press('z'), 'Mod+Z')).toBe(false);
    expect(matchesKeys(press('Z', { ctrl: true, shift: true }), 'Mod+Z')).toBe(false);
    expect(matchesKeys(press('Z', { ctrl: true, shift: true }), 'Mod+Shift+Z')).toBe(true);
    expect(matchesKeys(press('s', { alt: true }), 'S')).toBe(false);
  });

  it('take a sign as it is typed, whichever keyboard needs Shift for it', () => {
    expect(matchesKeys(press('?', { shift: true }), '?')).toBe(true);
    expect(matchesKeys(press('?'), '?')).toBe(true);
  });

  it('take digits by their place when Alt changes what they type', () => {
    expect(matchesKeys(press('¡', { alt: true }, 'Digit1'), 'Alt+1')).toBe(true);
  });

  it('take the space bar by its name', () => {
    expect(matchesKeys(press(' ', {}, 'Space'), 'Space')).toBe(true);
    expect(matchesKeys(press(' ', { shift: true }, 'Space'), 'Space')).toBe(false);
  });

  it('are shown as the keys are labelled', () => {
    expect(keyNames('Mod+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyNames('Alt+ArrowUp')).toEqual(['Alt', '↑']);
  });
});
