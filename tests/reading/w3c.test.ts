import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBookHere, W3C_BOOKS } from '../support/booksOfOthers.ts';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { openBook } from '../support/reader.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { giveVoice } from '../support/voices.ts';
import { W3C_TESTS } from '../support/w3cTests.ts';

const isHere = isBookHere(W3C_BOOKS);

type Verdict = 'passed' | 'failed' | 'not applicable';
const verdicts = new Map<string, Verdict>();
const pictures = process.env['INKREEL_W3C_PICTURES'];

describe.skipIf(!isHere)('the W3C’s EPUB tests', () => {
  const folder = testFolder('w3c');
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(cliEnvironment(folder), { width: 1_280, height: 800 });
    await giveVoice(studio.page);
  });
  afterAll(() => studio.close());

  for (const [name, test] of Object.entries(W3C_TESTS)) {
    const book = join(W3C_BOOKS, `${name}.epub`);
    if ('notApplicable' in test) {
      verdicts.set(name, 'not applicable');
      continue;
    }
    it(`${name}: ${test.asks}`, async () => {
      const { page } = studio;
      await openBook(page, book);
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
      const failure = await test.judge({ page, book, folder }).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error(JSON.stringify(error))),
      );
      verdicts.set(name, failure === null ? 'passed' : 'failed');
      if (test.fails === undefined && failure !== null) throw failure;
      // What is known to fail and does no longer belongs to the others.
      if (test.fails !== undefined) expect(failure).not.toBeNull();
    });
  }

  it('has the score that the documentation states', async () => {
    await expect(conformancePage()).toMatchFileSnapshot('../../docs/reader-conformance.md');
  });
});

function conformancePage(): string {
  const count = (verdict: Verdict) =>
    [...verdicts.values()].filter((one) => one === verdict).length;
  const judged = count('passed') + count('failed');
  const rows = Object.entries(W3C_TESTS).map(([name, test]) => {
    const why = 'notApplicable' in test ? test.notApplicable : (test.fails ?? '');
    return `| ${name} | ${test.asks} | ${verdicts.get(name) ?? 'failed'} | ${why} |`;
  });
  return `# What the reader makes of the W3C’s EPUB tests

Of the ${verdicts.size} tests of [w3c/epub-tests](https://github.com/w3c/epub-tests) (EPUB 3.3 reading systems) that are kept here,
${judged} can be judged in a reader that never runs scripts. **${count('passed')} of them pass: ${((100 * count('passed')) / judged).toFixed(1)} %.**

Each book is opened in the studio in a real Chromium and judged by what its first page says must be seen
(\`tests/support/w3cTests.ts\`). To judge again: put them into \`w3c-epub-tests\` in the folder that
\`INKREEL_BOOKS\` names, then \`npx vitest run --project system tests/reading/w3c.test.ts\`, with \`-u\` to renew this
page. A voice is given to the browser for the test of reading aloud, since a headless browser has none.

| test | asks | result | why |
|---|---|---|---|
${rows.join('\n')}
`;
}
