import { describe, expect, it } from 'vitest';
import type { Inline, TextRun } from '../manuscript.ts';
import { lineSource, tieLastWords } from './typstLine.ts';
import { markedText } from './typstMarks.ts';

const ENGLISH = 'The harbour lay quiet under a lamp that nobody had lit for years';
const JAPANESE =
  '港は静かで誰も灯さない灯台の下で潮が引いていた。彼女は舟を数えて弟は網を繕っていた。';

function run(text: string, marks: Partial<TextRun> = {}): TextRun {
  return { ...marks, kind: 'text', text };
}

const note: Inline = { kind: 'note', id: 'n', blocks: [] };
const texts = (inlines: readonly Inline[]) =>
  inlines.map((inline) => (inline.kind === 'text' ? inline.text : inline.kind));

describe('tieLastWords', () => {
  it('keeps nine letters together, a note after them too', () => {
    const tied = tieLastWords([run(`${ENGLISH} of it.`), note]);
    expect(texts(tied)).toEqual([`${ENGLISH.slice(0, -5)}`, 'years\u00a0of\u00a0it.', 'note']);
    const source = 'text(hyphenate: false, "years\u00a0of\u00a0it.")';
    expect(lineSource(tied, () => '')).toContain(source);
  });

  it('leaves short paragraphs and long words as they are', () => {
    const short = [run('The harbour lay quiet.')];
    expect(tieLastWords(short)).toEqual(short);
    const long = [run(`${ENGLISH} antidisestablishmentarianism.`)];
    expect(tieLastWords(long)).toEqual(long);
  });

  it('keeps letters together that are of several runs', () => {
    const stressed = [run(`${ENGLISH} of `), run('it', { emphasis: true }), run('.'), note];
    const words = texts(tieLastWords(stressed));
    expect(words).toEqual([`${ENGLISH.slice(0, -5)}`, 'years\u00a0of\u00a0', 'it', '.', 'note']);
    const foreign = [run(`${ENGLISH} <.`), run(' '), run('港口的燈'), run('.')];
    const tied = tieLastWords(foreign);
    expect(texts(tied)).toEqual([
      `${ENGLISH.slice(0, -5)}`,
      'years\u00a0<.',
      '\u00a0',
      '港口的燈',
      '.',
    ]);
    expect(lineSource(tied, () => '')).toContain('box(baseline: 0.2em, "港口的燈")');
  });

  it('keeps six letters together where words have no spaces between them', () => {
    const tied = tieLastWords([run(JAPANESE, { emphasis: true })]);
    expect(texts(tied).join('')).toBe(JAPANESE);
    expect(texts(tied).at(-1)).toBe('繕っていた。');
    expect(lineSource(tied, () => '')).toMatch(
      /box\(baseline: 0\.2em, emph\("繕っていた。"\)\);$/u,
    );
    // No line begins with a small letter.
    const small = tieLastWords([run(JAPANESE.replace('繕っていた', '縫ってしまう'))]);
    expect(texts(small).at(-1)).toBe('縫ってしまう。');
  });

  it('does not part a bracket from what it opens, nor a note from its call', () => {
    const bracket = tieLastWords([run(JAPANESE.replace('繕っていた', '（待っていた）'))]);
    expect(texts(bracket).at(-1)).toMatch(/^[^（]+（待っていた）。$/u);
    const called = [run(JAPANESE), note];
    expect(tieLastWords(called)).toEqual(called);
  });

  it('holds in a paragraph whose sentences are marked', () => {
    const inlines = tieLastWords([run(JAPANESE)]);
    const write = (part: readonly Inline[]) => lineSource(part, () => '');
    const marked = markedText({ kind: 'paragraph', id: 'p', inlines }, 'ja', write);
    expect(marked.match(/box\(/gu)).toHaveLength(1);
  });
});
