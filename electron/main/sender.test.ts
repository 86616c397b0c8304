import { expect, it } from 'vitest';
import { isStudioFrame, type SenderFrame } from './sender.ts';

const own: SenderFrame = {
  url: 'inkreel-app://studio/',
  origin: 'inkreel-app://studio',
  detached: false,
  parent: null,
};

it('trusts the interface’s page in the main frame', () => {
  expect(isStudioFrame(own)).toBe(true);
  expect(isStudioFrame({ ...own, url: 'inkreel-app://studio/index.html?room=film#3' })).toBe(true);
});

it('trusts nothing else', () => {
  const others: (SenderFrame | null)[] = [
    null,
    { ...own, parent: {} },
    { ...own, detached: true },
    { ...own, origin: 'null' },
    { ...own, origin: 'https://studio' },
    { ...own, url: '' },
    { ...own, url: 'about:blank' },
    { ...own, url: 'https://studio/' },
    { ...own, url: 'inkreel-app://studio.elsewhere.invalid/' },
    { ...own, url: 'inkreel-app://studio:1/' },
    { ...own, url: 'inkreel-app://me@studio/' },
    { ...own, url: 'inkreel-app://other/' },
    { ...own, url: 'inkreel-app://studio/media/1/2' },
    { ...own, url: 'inkreel-app-2://studio/' },
    { ...own, url: 'data:text/html,inkreel-app://studio/' },
  ];
  for (const frame of others) expect(isStudioFrame(frame), JSON.stringify(frame)).toBe(false);
});
