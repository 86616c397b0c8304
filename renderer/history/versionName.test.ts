import { expect, it } from 'vitest';
import { suggestedVersionName } from './versionName.ts';

it('names a version by date and time, and never suggests a name that is taken', () => {
  const now = new Date(2026, 10, 20, 14, 32, 5).getTime();
  expect(suggestedVersionName(now, [])).toBe('20 Nov 2026, 14:32');
  expect(suggestedVersionName(now, ['20 Nov 2026, 14:32'])).toBe('20 Nov 2026, 14:32 (2)');
  expect(suggestedVersionName(now, ['20 Nov 2026, 14:32', '20 Nov 2026, 14:32 (2)'])).toBe(
    '20 Nov 2026, 14:32 (3)',
  );
});
