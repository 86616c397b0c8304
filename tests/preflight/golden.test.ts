import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manuscript } from '#core/book/manuscript.ts';
import { type Finding, ManuscriptChecker } from '#core/preflight/check.ts';
import { mend } from '#core/preflight/mend.ts';
import { RULES } from '#core/preflight/registry.ts';
import type { Rule } from '#core/preflight/rule.ts';
import { goldenBook, goldenText } from './goldenBook.ts';

const ROOT = new URL('../golden/preflight/', import.meta.url);
const folderOf = (id: string) => id.replace('/', '-');
const filesOf = (folder: string) => readdirSync(new URL(`${folder}/`, ROOT));
const read = (folder: string, file: string) =>
  readFileSync(new URL(`${folder}/${file}`, ROOT), 'utf8');
const pathOf = (folder: string, file: string) => new URL(`${folder}/${file}`, ROOT).pathname;

function found(book: Manuscript, rule: Rule): Finding[] {
  return new ManuscriptChecker([rule]).check(book);
}

/** What is kept of a finding: where, what, and how it stands in the words around it. */
function brief({ where, excerpt, found: hit, note, count, canFix }: Finding) {
  const shown =
    hit && excerpt !== undefined
      ? `${excerpt.slice(0, hit.start)}⟦${excerpt.slice(hit.start, hit.end)}⟧${excerpt.slice(hit.end)}`
      : excerpt;
  return { where, excerpt: shown, note, count, canFix };
}

describe('the rules', () => {
  it('are at least 120, each with an id of its own and words for people', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(120);
    expect(RULES.map(({ id }) => id)).toEqual([...new Set(RULES.map(({ id }) => id))]);
    for (const { id, title, why, mend: what } of RULES) {
      expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      for (const sentence of [title, why, what]) expect(sentence, id).toMatch(/^\p{Lu}.*[.?!…]$/u);
    }
  });

  it('keep their ids for ever: what is taken away or renamed is not used again', () => {
    const kept = readFileSync(new URL('../preflightRules.txt', ROOT), 'utf8');
    expect(kept.trim().split('\n')).toEqual(RULES.map(({ id }) => id).sort());
  });

  it('have a folder each, and no folder is left without its rule', () => {
    expect(readdirSync(ROOT).sort()).toEqual(RULES.map(({ id }) => folderOf(id)).sort());
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const folder = folderOf(id);
  const inputs = filesOf(folder).filter((file) => /^in(?:\..+)?\.md$/.test(file));

  it.each(inputs)('finds what it should in %s, and mends it', async (file) => {
    const suffix = file.slice(2, -3);
    const book = goldenBook(read(folder, file));
    const findings = found(book, rule);
    expect(findings.length).toBeGreaterThan(0);
    const golden = `${JSON.stringify(findings.map(brief), null, 2)}\n`;
    await expect(golden).toMatchFileSnapshot(pathOf(folder, `golden${suffix}.json`));

    const canFix = findings.some((finding) => finding.canFix);
    expect(filesOf(folder).includes(`fixed${suffix}.md`) || canFix).toBe(canFix);
    if (!canFix) return;
    const once = mend(book, [rule]);
    expect(once.places).toBeGreaterThan(0);
    await expect(goldenText(once)).toMatchFileSnapshot(pathOf(folder, `fixed${suffix}.md`));
    // What is left is only what it cannot mend.
    expect(found(once, rule).filter((finding) => finding.canFix)).toEqual([]);
    expect(found(once, rule)).toHaveLength(findings.filter((finding) => !finding.canFix).length);
    expect(mend(once, [rule])).toEqual({ ...once, places: 0 });
    // What was mended can be stored: it is the same after a way through Markdown.
    expect(goldenText(goldenBook(goldenText(once)))).toBe(goldenText(once));
  });

  it('finds nothing in clean.md', () => {
    expect(found(goldenBook(read(folder, 'clean.md')), rule).map(brief)).toEqual([]);
  });
});
