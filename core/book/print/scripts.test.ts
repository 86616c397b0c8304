import { describe, expect, it } from 'vitest';
import { bookLetters, lettersOf } from './letters.ts';
import { scriptOf, scriptsIn } from './scripts.ts';

describe('scripts', () => {
  it('are found by their letters, not by signs that all scripts share', () => {
    expect(scriptsIn('Latin, Ελληνικά, кириллица: “—…” · • ½ → ≤ ❦ ⁂ \u2060')).toEqual([]);
    expect(scriptsIn('نور')).toEqual(['arabic']);
    expect(scriptsIn('אור')).toEqual(['hebrew']);
    expect(scriptsIn('प्रकाश')).toEqual(['devanagari']);
    for (const text of ['光', 'ひ', 'カ', '。', '！', '𠮷'])
      expect(scriptsIn(text)).toEqual(['cjk']);
    expect(scriptsIn('光 אור نور')).toEqual(['arabic', 'hebrew', 'cjk']);
  });

  it('follow from a language, or from the script that its tag names', () => {
    const tags = ['ar', 'fa-IR', 'ur', 'he', 'yi', 'ja-JP', 'zh-Hant', 'zh', 'hi', 'mr'];
    expect(tags.map(scriptOf)).toEqual([
      ...['arabic', 'arabic', 'arabic', 'hebrew', 'hebrew'],
      ...['cjk', 'cjk', 'cjk', 'devanagari', 'devanagari'],
    ]);
    expect(scriptOf('ja-Latn')).toBeNull();
    expect(scriptOf('de-CH')).toBeNull();
    expect(scriptOf('not a tag')).toBeNull();
  });
});

describe('letters of a book', () => {
  it('are led by the script of its language where the text has it', () => {
    expect(lettersOf('نور and 光', 'ar')).toMatchObject({ lead: 'arabic', others: ['cjk'] });
    expect(lettersOf('نور and 光', 'en')).toMatchObject({ lead: null, others: ['arabic', 'cjk'] });
    expect(lettersOf('Latin alone', 'ja')).toMatchObject({ lead: null, others: [] });
  });

  it('are found in its title and its notes as well', () => {
    const words = [{ kind: 'text' as const, text: 'See.' }];
    const note = { kind: 'note' as const, id: 'n', blocks: [] };
    const book = (title: string, inNote: string) => ({
      metadata: { title, authors: [], language: 'en', identifier: 'urn:x' },
      chapters: [
        {
          id: 'c',
          title: 'One',
          blocks: [
            {
              kind: 'paragraph' as const,
              id: 'p',
              inlines: [
                ...words,
                {
                  ...note,
                  blocks: [
                    {
                      kind: 'paragraph' as const,
                      id: 'q',
                      inlines: [{ kind: 'text' as const, text: inNote }],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(bookLetters(book('Light', 'אור')).others).toEqual(['hebrew']);
    expect(bookLetters(book('光', 'Light')).others).toEqual(['cjk']);
    expect(bookLetters(book('Light', 'Light')).others).toEqual([]);
  });

  it('bring the figures along that the book itself uses', () => {
    expect(lettersOf('الفصل ١', 'ar').one).toBe('١');
    expect(lettersOf('فصل ۱', 'fa').one).toBe('۱');
    expect(lettersOf('अध्याय १', 'hi').one).toBe('१');
    expect(lettersOf('الفصل 1', 'ar').one).toBe('1');
    expect(lettersOf('The sign ١', 'en').one).toBe('1');
  });
});
