import { describe, expect, it } from 'vitest';
import { type FolderEntry, shownEntries, withExtension } from './folder.ts';

const entry = (name: string, kind: 'file' | 'folder' = 'file'): FolderEntry => ({
  name,
  path: `/x/${name}`,
  kind,
  sizeBytes: 1,
  modifiedAtMs: 0,
});
const films = { name: 'Films', extensions: ['mp4', 'mov'] };

describe('a folder in the file dialog', () => {
  it('shows folders first and counts numbers in names as numbers', () => {
    const entries = [entry('take 10.mp4'), entry('b', 'folder'), entry('take 9.MP4')];
    expect(shownEntries(entries, films, 'all').map((one) => one.name)).toEqual([
      'b',
      'take 9.MP4',
      'take 10.mp4',
    ]);
  });

  it('leaves out hidden files and files of other kinds', () => {
    const entries = [entry('.cache', 'folder'), entry('notes.txt'), entry('a.mov')];
    expect(shownEntries(entries, films, 'all').map((one) => one.name)).toEqual(['a.mov']);
  });

  it('shows folders alone where a folder is wanted', () => {
    const entries = [entry('a.mov'), entry('b', 'folder')];
    expect(shownEntries(entries, films, 'folders').map((one) => one.name)).toEqual(['b']);
  });

  it('adds the extension that a new file needs, once', () => {
    expect(withExtension('Harbour', films)).toBe('Harbour.mp4');
    expect(withExtension('Harbour.MOV', films)).toBe('Harbour.MOV');
    expect(withExtension('Harbour', undefined)).toBe('Harbour');
  });
});
