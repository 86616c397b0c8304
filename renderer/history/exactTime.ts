/** A moment to the second, as a person would write it: `20 Nov 2026, 14:32:05`. */
export function exactTime(atMs: number): string {
  return new Date(atMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
