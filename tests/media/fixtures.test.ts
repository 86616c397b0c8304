import { beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { checkFixture, thrownProblem } from '../fixtures/checkFixture.ts';
import { makeFixtures } from '../fixtures/makeFixtures.ts';
import { openBugs } from '../fixtures/openBugs.ts';
import { recipes } from '../fixtures/recipes.ts';
import { testFolder } from '../support/folder.ts';

/** Of each group of fixtures one in so many, unless `INKREEL_ALL_FIXTURES=1` asks for all of them. */
const ONE_IN = 12;
const AT_ONCE = 2;

const wanted =
  process.env['INKREEL_ALL_FIXTURES'] === '1'
    ? recipes
    : recipes.filter((_, index) => index % ONE_IN === 0);
const folder = testFolder('fixtures');
const problems = new Map<string, string[]>();

beforeAll(async () => {
  const tools = await findFfmpeg();
  const waiting = wanted.values();
  const worker = async () => {
    for (const recipe of waiting) {
      const found = await makeFixtures([recipe], tools.ffmpeg)
        .then((paths) =>
          checkFixture({ recipe, path: paths.get(recipe.name) ?? '', tools, folder }),
        )
        .catch((error: unknown) => [thrownProblem(error)]);
      problems.set(recipe.name, found);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const { name } of wanted) {
    if (openBugs[name] !== undefined) console.log(`Open bug, ${name}: ${openBugs[name]}`);
  }
}, 1_800_000);

describe('media fixtures', () => {
  it('are many, and each has a name of its own', () => {
    expect(recipes.length).toBeGreaterThanOrEqual(200);
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length);
    const names = new Set(recipes.map(({ name }) => name));
    expect(Object.keys(openBugs).filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(wanted.map(({ name }) => [name]))('%s is what its recipe says', (name) => {
    const found = problems.get(name);
    if (openBugs[name] === undefined) expect(found).toEqual([]);
    else expect(found, 'This is mended: take it off the list of open bugs').not.toEqual([]);
  });
});
