import { describe, expect, it } from 'vitest';
import { tieLastWords } from './typstLine.ts';

const tied = (text: string) =>
  tieLastWords([{ kind: 'text', text }])
    .map((inline) => (inline.kind === 'text' ? inline.text : ''))
    .join('');

describe('the end of a paragraph', () => {
  it('keeps its last words together', () => {
    const text = 'The harbour lay quiet under a lamp that nobody had lit for so long as she.';
    expect(tied(text)).toBe(
      'The harbour lay quiet under a lamp that nobody had lit for so long\u00a0as\u00a0she.',
    );
  });

  it('keeps its last characters together where there are no words', () => {
    const text = '港は静かで誰も灯さない灯台の下で潮が引いていた。';
    expect(tied(text)).toBe('港は静かで誰も灯さない灯台の下で潮が引いて\u2060い\u2060た\u2060。');
    expect(tied('潮が引いていた。')).toBe('潮が引いていた。');
  });
});
