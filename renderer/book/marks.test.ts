import { describe, expect, it } from 'vitest';
import { withMark } from './marks.ts';

function marked(text: string, mark: string): string {
  const start = text.indexOf('[');
  const end = text.indexOf(']') - 1;
  const value = text.replace(/[[\]]/g, '');
  const change = withMark(value, start, end, mark);
  const next = value.slice(0, change.from) + change.insert + value.slice(change.to);
  return `${next.slice(0, change.selectFrom)}[${next.slice(change.selectFrom, change.selectTo)}]${next.slice(change.selectTo)}`;
}

describe('marks around a selection', () => {
  it('are set, and the words stay selected', () => {
    expect(marked('a [word] here', '*')).toBe('a *[word]* here');
    expect(marked('[]', '**')).toBe('**[]**');
  });

  it('are taken off again', () => {
    expect(marked('a *[word]* here', '*')).toBe('a [word] here');
    expect(marked('**[word]**', '**')).toBe('[word]');
  });

  it('add italics inside bold, and take them off from both', () => {
    expect(marked('**[word]**', '*')).toBe('***[word]***');
    expect(marked('***[word]***', '*')).toBe('**[word]**');
  });
});
