import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { SHELL_COMMANDS } from '#core/contract/shell.ts';
import { type MenuSituation, menuTemplate } from './menuTemplate.ts';

function items(
  situation: Partial<MenuSituation>,
  onCommand: (command: string) => void = () => undefined,
) {
  const template = menuTemplate(
    { platform: 'linux', developerTools: false, canUpdate: false, ...situation },
    { command: onCommand, checkForUpdates: () => undefined },
  );
  return template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}

const click = (item: MenuItemConstructorOptions) => {
  (item.click as (() => void) | undefined)?.();
};

describe('menuTemplate', () => {
  it.each(['darwin', 'win32', 'linux'] as const)('offers every command once on %s', (platform) => {
    const chosen: string[] = [];
    for (const item of items({ platform }, (command) => chosen.push(command))) click(item);
    expect(chosen.toSorted()).toEqual([...SHELL_COMMANDS].toSorted());
  });

  it('has no two items with the same keys', () => {
    const keys = items({ developerTools: true }).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('lets the interface hear its own keys', () => {
    const withKeys = items({}).filter(({ accelerator }) => accelerator !== undefined);
    expect(withKeys.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
  });

  it('offers updates only where there can be any, and developer tools only in development', () => {
    const labels = (situation: Partial<MenuSituation>) =>
      items(situation).map(({ label }) => label);
    const roles = (situation: Partial<MenuSituation>) => items(situation).map(({ role }) => role);
    expect(labels({})).not.toContain('Check for updates');
    expect(labels({ canUpdate: true })).toContain('Check for updates');
    expect(roles({})).not.toContain('toggleDevTools');
    expect(roles({ developerTools: true })).toContain('toggleDevTools');
  });

  it('ends the program where each system expects it', () => {
    const quits = (platform: NodeJS.Platform) =>
      items({ platform }).filter(({ role }) => role === 'quit').length;
    expect([quits('darwin'), quits('win32'), quits('linux')]).toEqual([1, 1, 1]);
  });
});
