/** A name for a version that is saved now, by date and time: `20 Nov 2026, 14:32`; numbered when that is taken. */
export function suggestedVersionName(nowMs: number, taken: readonly string[]): string {
  const name = new Date(nowMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
}
