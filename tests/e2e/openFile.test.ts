import { expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { openStudio } from '../support/studio.ts';

const folder = testFolder('e2e-open');
const env = cliEnvironment(folder);

it('a project named on the command line is open when the window is, in a small window too', async () => {
  const { path } = await cliJson<{ path: string }>(['project', 'sample'], env);
  const studio = await openStudio(env, { width: 1024, height: 640 }, [path]);
  try {
    const { page } = studio;
    await page.getByRole('option', { name: /^Harbour light, title/ }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    // The frame of the interface fits; only lists inside it scroll.
    const overflow = await page.evaluate(
      () =>
        document.documentElement.scrollWidth > innerWidth ||
        document.documentElement.scrollHeight > innerHeight,
    );
    expect(overflow).toBe(false);
    expect(studio.complaints).toEqual([]);
  } finally {
    await studio.close();
  }
});
