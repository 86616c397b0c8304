import { describe } from 'vitest';
import { electronDriver } from './electronDriver.ts';
import { standinDriver } from './standinDriver.ts';
import { studioSpecs } from './studioSpecs.ts';

describe('the desktop program in the stand-in for Electron', () => {
  studioSpecs(standinDriver);
});

const obstacle = await electronDriver.obstacle();
if (obstacle !== null)
  console.log(`The desktop program was not run in Electron itself: ${obstacle}.`);
describe.skipIf(obstacle !== null)(
  `the desktop program in Electron itself${obstacle === null ? '' : ` (not run: ${obstacle})`}`,
  () => {
    studioSpecs(electronDriver);
  },
);
