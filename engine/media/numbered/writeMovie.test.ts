import { describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { type NumberedFile, numberOf } from '../../files/numberedPictures.ts';
import { codingOf } from './writeMovie.ts';

function codingFor(name: string, ...formats: string[]) {
  const first = numberOf(name) as NumberedFile;
  const pictures = { folder: '', names: [name], first, last: first, digits: 1, beyondGaps: 0 };
  const answer = settle(() => codingOf(pictures, formats));
  return answer.ok ? answer.value : answer.error.code;
}

describe('how pictures are kept in a movie', () => {
  it('is as they are for PNG and JPEG, whatever they differ in but alpha and colour', () => {
    expect(codingFor('a1.png', 'rgba')).toEqual({ copies: true });
    expect(codingFor('a1.png', 'rgb24', 'rgb48be')).toEqual({ copies: true });
    expect(codingFor('a1.png', 'pal8', 'rgba')).toEqual({ copies: true });
    expect(codingFor('a1.JPG', 'yuvj420p', 'yuvj444p')).toEqual({ copies: true });
  });

  it.each([
    ['a1.png', ['rgb24', 'rgba'], 'rgba'],
    ['a1.png', ['gray', 'rgb24'], 'rgb24'],
    ['a1.png', ['gray16be', 'rgba64be'], 'rgba64be'],
    ['a1.png', ['monob', 'ya8'], 'ya8'],
    ['a1.tif', ['gray16le'], 'gray16be'],
    ['a1.tif', ['rgb48le'], 'rgb48be'],
    ['a1.bmp', ['bgr24', 'pal8'], 'rgba'],
    ['a1.webp', ['yuv420p', 'argb'], 'rgba'],
  ])('%s in %s is coded with all of it in %s', (name, formats, pixelFormat) => {
    expect(codingFor(name, ...formats)).toEqual({ copies: false, pixelFormat });
  });

  it('is refused where PNG would keep less', () => {
    expect(codingFor('a1.tif', 'rgb24', 'rgb48le')).toBe('media/picture-depth');
    expect(codingFor('a1.tif', 'gbrpf32le')).toBe('media/picture-depth');
  });
});
