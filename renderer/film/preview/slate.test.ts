import { describe, expect, it } from 'vitest';
import { filmFixture } from '#tests/support/filmFixture.ts';
import { slateWords } from './slate.ts';

describe('what stands in place of a picture', () => {
  const film = filmFixture();
  const asset = film.project.find('asset', film.assetId);

  it('names the codec and says that export works', () => {
    const [title, text] = slateWords(asset, { reason: 'codec', codec: 'avc' });
    expect(title).toBe('Preview needs a proxy; export works');
    expect(text).toContain('“Harbour” is H.264');
  });

  it('says that a file is missing and where to find it', () => {
    const [title, text] = slateWords(asset, { reason: 'missing', codec: '' });
    expect(title).toBe('“Harbour” is missing');
    expect(text).toContain('media panel');
  });

  it('says that another file has taken its place', () => {
    const [title, text] = slateWords(asset, { reason: 'changed', codec: '' });
    expect(title).toBe('“Harbour” is not the file that was imported');
    expect(text).toContain('media panel');
  });

  it('has words for an asset that is gone', () => {
    expect(slateWords(undefined, { reason: 'unreadable', codec: '' })[0]).toBe(
      'This file cannot be read',
    );
  });
});
