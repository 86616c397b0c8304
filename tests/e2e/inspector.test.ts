import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const env = cliEnvironment(testFolder('e2e-inspector'));
let studio: Studio;

beforeAll(async () => {
  studio = await openStudio(env);
  const { page } = studio;
  await page.getByRole('button', { name: /sample project/i }).click();
  await page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('option', { name: /^sea\.mp4, clip on V1/ })
    .click();
});
afterAll(async () => {
  await studio.close();
});

const inspector = () => studio.page.getByRole('region', { name: 'Inspector' });
const undo = (what: string) =>
  studio.page.getByRole('button', { name: `Undo: ${what}`, exact: true });

async function goTo(time: string): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: /^Playhead at/ }).click();
  await page.getByRole('textbox', { name: 'Go to time' }).fill(time);
  await page.keyboard.press('Enter');
}

describe('the inspector of a clip', () => {
  it('sets keyframes of the opacity, shows the value at the playhead, and takes them back', async () => {
    const opacity = inspector().getByRole('spinbutton', { name: 'Opacity' });
    const keyframe = inspector().getByRole('button', { name: 'Opacity: keyframe at the playhead' });
    await goTo('00:00:05:15');
    await keyframe.click();
    await goTo('00:00:06:15');
    await opacity.fill('40');
    await opacity.press('Enter');
    await undo('Change clip').waitFor();
    expect(await keyframe.getAttribute('aria-pressed')).toBe('true');

    await goTo('00:00:06:00');
    await expect.poll(() => opacity.inputValue()).toBe('70');
    expect(await keyframe.getAttribute('aria-pressed')).toBe('false');
    await inspector().getByRole('combobox', { name: 'Opacity: way to the next keyframe' }).click();
    await studio.page.getByRole('option', { name: 'Hold' }).click();
    await expect.poll(() => opacity.inputValue()).toBe('100');
    await inspector().getByRole('button', { name: 'Opacity: next keyframe' }).click();
    await expect.poll(() => opacity.inputValue()).toBe('40');

    await undo('Change easing').click();
    await undo('Change clip').click();
    await undo('Set keyframe').click();
    await studio.page.getByRole('button', { name: 'Redo: Set keyframe' }).waitFor();
    expect(await opacity.inputValue()).toBe('100');
    expect(await keyframe.getAttribute('aria-pressed')).toBe('false');
  });

  it('makes one step of undo of a drag, and follows it', async () => {
    const { page } = studio;
    const rotation = inspector().getByRole('spinbutton', { name: 'Rotation' });
    await rotation.scrollIntoViewIfNeeded();
    const box = await rotation.boundingBox();
    if (box === null) throw new Error('The field is not shown.');
    const [x, y] = [box.x + 20, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y);
    await undo('Change clip').waitFor();
    await page.mouse.move(x + 60, y);
    await page.mouse.up();
    await expect.poll(() => rotation.inputValue()).toBe('20');
    await undo('Change clip').click();
    await page.getByRole('button', { name: 'Redo: Change clip' }).waitFor();
    expect(await rotation.inputValue()).toBe('0');
  });

  it('adds an effect found by what it does, and takes it back', async () => {
    const { page } = studio;
    await page.getByRole('tab', { name: 'Effects' }).click();
    await page.getByRole('searchbox', { name: 'Search effects' }).fill('softens');
    await page.getByRole('button', { name: /^Blur/ }).press('Enter');
    const effects = inspector().getByRole('region', { name: 'Effects', exact: true });
    await effects.getByRole('button', { name: 'Blur', exact: true }).waitFor();
    const radius = effects.getByRole('spinbutton', { name: 'Radius' });
    expect(await radius.inputValue()).toBe('1');
    await radius.fill('2.5');
    await radius.press('Enter');
    await effects.getByRole('button', { name: 'Reset radius' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await undo('Change effect').click();
    await undo('Add effect').click();
    await effects.getByText('None yet.').waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
