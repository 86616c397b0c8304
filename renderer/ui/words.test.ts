import { describe, expect, it } from 'vitest';
import {
  asFileName,
  bytesText,
  durationText,
  fileName,
  folderOf,
  pathIn,
  remainingText,
  whenText,
} from './words.ts';

describe('words for figures', () => {
  it('names sizes in the unit that keeps them short', () => {
    expect(bytesText(1)).toBe('1 byte');
    expect(bytesText(999)).toBe('999 bytes');
    expect(bytesText(1_440_000)).toBe('1.4 MB');
  });

  it('names durations by their two largest units', () => {
    expect(durationText(80)).toBe('less than 1 s');
    expect(durationText(12_400)).toBe('12 s');
    expect(durationText(252_000)).toBe('4 min 12 s');
    expect(durationText(7_500_000)).toBe('2 h 5 min');
  });

  it('does not promise more than it knows about what is left', () => {
    expect(remainingText(3_000)).toBe('a few seconds left');
    expect(remainingText(34_000)).toBe('about 40 s left');
    expect(remainingText(61_000)).toBe('about 2 min left');
  });

  it('tells when something was from near to far', () => {
    const now = new Date(2026, 4, 20, 15, 0).getTime();
    expect(whenText(now - 5_000, now)).toBe('just now');
    expect(whenText(now - 12 * 60_000, now)).toBe('12 min ago');
    expect(whenText(now - 3 * 3_600_000, now)).toBe('3 h ago');
    expect(whenText(new Date(2026, 4, 19, 23, 0).getTime(), now)).toBe('yesterday');
    expect(whenText(new Date(2026, 4, 3).getTime(), now)).toBe('3 May');
    expect(whenText(new Date(2025, 4, 3).getTime(), now)).toBe('3 May 2025');
  });
});

describe('paths', () => {
  it('reads paths of both kinds of system', () => {
    expect(fileName('/home/mia/films/Harbour.mp4')).toBe('Harbour.mp4');
    expect(fileName('C:\\Films\\Harbour.mp4')).toBe('Harbour.mp4');
    expect(folderOf('/home/mia/Harbour.mp4')).toBe('/home/mia');
    expect(folderOf('/Harbour.mp4')).toBe('/');
    expect(pathIn('C:\\Films', 'a.mp4')).toBe('C:\\Films\\a.mp4');
    expect(pathIn('/', 'a.mp4')).toBe('/a.mp4');
  });

  it('makes file names that every system takes', () => {
    expect(asFileName('Harbour: day 1/2?')).toBe('Harbour day 1 2');
    expect(asFileName(' ... ')).toBe('Untitled');
  });
});
