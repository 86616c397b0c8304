/** The calendar day of a moment where the writer is, `YYYY-MM-DD`. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The days up to one, oldest first. */
export function daysUpTo(day: string, count: number): string[] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, index) =>
    dayOf(new Date(year, month - 1, date - (count - 1 - index), 12)),
  );
}

/**
 * On how many days in a row enough was written, up to today; a day that has only begun does not end it. Enough is the
 * goal of a day, or a single word where there is none.
 */
export function streakOf(words: ReadonlyMap<string, number>, today: string, goal: number): number {
  const enough = (day: string) => (words.get(day) ?? 0) >= Math.max(1, goal);
  let length = enough(today) ? 1 : 0;
  for (const day of daysUpTo(today, 3_650).reverse().slice(1)) {
    if (!enough(day)) break;
    length += 1;
  }
  return length;
}
