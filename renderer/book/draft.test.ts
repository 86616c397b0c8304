import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Block } from '#core/book/manuscript.ts';
import { dropDraft, findDraft, keepDraft } from './draft.ts';

const paragraph = (id: string, text: string): Block => ({
  kind: 'paragraph',
  id,
  inlines: [{ kind: 'text', text }],
});

describe('drafts', () => {
  const kept = new Map<string, string>();
  const filed = [paragraph('a', 'one'), paragraph('b', 'two'), paragraph('c', 'three')];
  const [a, b, c] = filed as [Block, Block, Block];
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
  });

  it('give back the whole text, though they hold only what the file lacks', () => {
    const typed = { title: 'Harbour', blocks: [a, paragraph('b', 'two and a half'), c] };
    keepDraft('p', 'one', typed, filed);
    expect([...kept.values()].join()).not.toContain('three');
    expect(findDraft('p', 'one', structuredClone(filed))).toEqual(typed);
  });

  it('hold everything where nothing is known of the file', () => {
    keepDraft('p', 'one', { title: '', blocks: filed }, []);
    expect(findDraft('p', 'one', [])).toEqual({ title: '', blocks: filed });
  });

  it('keep blocks that moved or went', () => {
    keepDraft('p', 'one', { title: '', blocks: [c, a] }, filed);
    expect(findDraft('p', 'one', filed)?.blocks).toEqual([c, a]);
  });

  it('leave out what was taken out of the file elsewhere, and take over what became of the rest', () => {
    keepDraft('p', 'one', { title: '', blocks: [a, b, paragraph('n', 'new')] }, filed);
    const now = [paragraph('b', 'two, corrected'), c];
    expect(findDraft('p', 'one', now)?.blocks).toEqual([
      paragraph('b', 'two, corrected'),
      paragraph('n', 'new'),
    ]);
  });

  it('are gone when they are dropped, and none where something else was kept', () => {
    keepDraft('p', 'one', { title: '', blocks: filed }, []);
    dropDraft('p', 'one');
    expect(findDraft('p', 'one', filed)).toBeNull();
    kept.set('inkreel.draft.p.one', '{"title":"x","blocks":"y"}');
    expect(findDraft('p', 'one', filed)).toBeNull();
  });
});
