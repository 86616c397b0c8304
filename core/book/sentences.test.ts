import { describe, expect, it } from 'vitest';
import type { Block } from './manuscript.ts';
import { parseMarkdownBlocks } from './parseMarkdown.ts';
import { sentencesOf } from './sentences.ts';
import { blockText, countWords, inlineText } from './words.ts';

function only(markdown: string): Block {
  let count = 0;
  const [block] = parseMarkdownBlocks(markdown, () => {
    count += 1;
    return `b${count}`;
  }).blocks;
  if (block === undefined) throw new Error('no block');
  return block;
}

describe('sentencesOf', () => {
  it('numbers the sentences of a paragraph, across changes of mark', () => {
    const block = only('“Wait *here. Not* there!” she said. Then, 3.5 miles on.');
    const sentences = sentencesOf(block, 'en');
    expect(sentences.map((sentence) => sentence.text)).toEqual([
      '“Wait here.',
      'Not there!” she said.',
      'Then, 3.5 miles on.',
    ]);
    expect(sentences.map((sentence) => sentence.id)).toEqual(
      [0, 1, 2].map((n) => `${block.id}.${n}`),
    );
  });

  it('keeps a title or initial with its name', () => {
    const block = only('Dear Mr. Pask, it was E. Aune. Then Dr. Ode came.');
    expect(sentencesOf(block, 'en').map((sentence) => sentence.text)).toEqual([
      'Dear Mr. Pask, it was E. Aune.',
      'Then Dr. Ode came.',
    ]);
  });

  it('joins back to the text of the block', () => {
    const block = only('One. **Two? Th**ree! Four');
    const joined = sentencesOf(block, 'en').flatMap((sentence) => sentence.inlines);
    expect(inlineText(joined)).toBe(blockText(block));
  });

  it('gives a footnote to the sentence it follows', () => {
    const block = only('First.[^1] Second.[^2]\n\n[^1]: a\n[^2]: b');
    const notes = sentencesOf(block, 'en').map(
      (sentence) => sentence.inlines.filter((inline) => inline.kind === 'note').length,
    );
    expect(notes).toEqual([1, 1]);
  });

  it('takes each line of verse, and Chinese full stops', () => {
    expect(sentencesOf(only('a. b\\\nc'), 'en')).toHaveLength(2);
    expect(sentencesOf(only('你好。再见。'), 'zh')).toHaveLength(2);
  });
});

describe('countWords', () => {
  it('counts as the language does', () => {
    expect(countWords('Don’t stop — it’s 3.5 miles.', 'en')).toBe(5);
    expect(countWords('', 'en')).toBe(0);
    expect(countWords('我喜欢看书', 'zh')).toBeGreaterThan(1);
    expect(countWords('one two', 'xx-unknown')).toBe(2);
  });
});
