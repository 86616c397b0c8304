import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio } from '../support/studio.ts';

const folder = testFolder('e2e-read-only');
const env = cliEnvironment(folder);
const format = { frameRate: { num: 30, den: 1 }, width: 640, height: 360, sampleRateHz: 48_000 };

it('a project that is open elsewhere is shown, followed, and taken over when it is free', async () => {
  const path = join(folder, 'shared.inkreel');
  const other = ProjectFile.create(path, 'Shared', { program: 'Another program' });
  other.edit([{ type: 'timeline.create', name: 'Main', format }]);
  const studio = await openStudio(env, { width: 1280, height: 800 }, [path]);
  try {
    const { page } = studio;
    const banner = page.getByText(/“shared.inkreel” is open in Another program/);
    await banner.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await page.getByRole('button', { name: /^Undo/ }).isDisabled()).toBe(true);

    other.edit([{ type: 'project.rename', name: 'Renamed elsewhere' }]);
    const name = page.getByRole('button', { name: 'Rename project “Renamed elsewhere”' });
    await name.waitFor();

    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It is still open in the other program.').waitFor();
    expect(await banner.isVisible()).toBe(true);

    other.close();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('You can change the project here now.').waitFor();
    expect(await banner.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Undo: Rename project' }).click();
    await page.getByRole('button', { name: 'Rename project “Shared”' }).waitFor();
    expect(studio.complaints).toEqual([]);
  } finally {
    await studio.close();
  }
  const again = ProjectFile.open(path);
  expect(again.name).toBe('Shared');
  again.close();
});
