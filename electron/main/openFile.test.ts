import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectAtPath, projectInArguments, projectInLink } from './openFile.ts';

const here = resolve('/films');
const harbour = resolve('/films/harbour.inkreel');

describe('projectInArguments', () => {
  it('finds a project file, as a path from the working folder too', () => {
    expect(projectInArguments(['inkreel', harbour], here)).toBe(harbour);
    expect(projectInArguments(['inkreel', 'harbour.inkreel'], here)).toBe(harbour);
    expect(projectInArguments(['electron', '.', '--flag', 'HARBOUR.INKREEL'], here)).toBe(
      resolve('/films/HARBOUR.INKREEL'),
    );
  });

  it('finds a link', () => {
    const link = `inkreel://open?path=${encodeURIComponent(harbour)}`;
    expect(projectInArguments(['inkreel', link], '/')).toBe(harbour);
  });

  it('takes the last of several, and never the program itself', () => {
    expect(projectInArguments(['a.inkreel', 'b.inkreel', 'c.inkreel'], here)).toBe(
      resolve('/films/c.inkreel'),
    );
    expect(projectInArguments(['a.inkreel'], here)).toBeNull();
  });

  it('takes no switches and no other files', () => {
    for (const argument of [
      '--gpu=a.inkreel',
      'film.mp4',
      '.inkreel',
      '',
      'inkreel:',
      'x.inkreel.exe',
    ]) {
      expect(projectInArguments(['inkreel', argument], here)).toBeNull();
    }
  });
});

describe('projectInLink', () => {
  it('knows one verb with one parameter', () => {
    expect(projectInLink(`inkreel://open?path=${encodeURIComponent(harbour)}`)).toBe(harbour);
    expect(projectInLink(`inkreel://open/?path=${encodeURIComponent(harbour)}`)).toBe(harbour);
    for (const link of [
      'inkreel://open',
      'inkreel://open?path=',
      `inkreel://delete?path=${harbour}`,
      `inkreel://open/now?path=${harbour}`,
      `inkreel://open?path=${harbour}&path=${harbour}`,
      `inkreel://open?path=${harbour}&export=1`,
      `inkreel://open?file=${harbour}`,
      `inkreel://me@open?path=${harbour}`,
      `inkreel://open?path=${harbour}#x`,
      `https://open?path=${harbour}`,
      `inkreel:open?path=${harbour}`,
      'not a link',
    ]) {
      expect(projectInLink(link), link).toBeNull();
    }
  });

  it('opens only whole paths on this computer', () => {
    for (const path of [
      'harbour.inkreel',
      '../harbour.inkreel',
      '//server/x.inkreel',
      '\\\\server\\x.inkreel',
      '/films/x\0.inkreel',
      '/etc/passwd',
    ]) {
      expect(projectInLink(`inkreel://open?path=${encodeURIComponent(path)}`), path).toBeNull();
    }
  });
});

describe('projectAtPath', () => {
  it('resolves what leads out of a folder before judging it', () => {
    expect(projectAtPath('../harbour.inkreel', resolve('/films/new'))).toBe(harbour);
    expect(projectAtPath('harbour.inkreel/..', here)).toBeNull();
  });
});
