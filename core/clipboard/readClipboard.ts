import { refuse } from '../fault.ts';
import { LONGEST_TIME } from '../time/flicks.ts';
import { type Clipboard, clipboardSchema } from './clipboard.ts';
import { mistakesOf } from './mistakes.ts';

const MOST_VALUES = 2_000_000;
const MOST_TEXT = 64 * 1024 * 1024;
const DEEPEST = 24;

/**
 * A clipboard from anywhere, checked: its size before anything else, its form, and that everything in it fits together.
 * Refuses `edit/bad-clipboard`, with what is wrong in the details.
 */
export function readClipboard(value: unknown): Clipboard {
  if (!isWithinBounds(value))
    refuseClipboard('it is too large, too deep, or holds impossible numbers');
  const parsed = clipboardSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    refuseClipboard(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const [mistake] = mistakesOf(parsed.data);
  if (mistake !== undefined) refuseClipboard(mistake);
  return parsed.data;
}

/** Refuses `edit/bad-clipboard`. */
export function refuseClipboard(what: string): never {
  refuse(
    'edit/bad-clipboard',
    'What is on the clipboard cannot be pasted here. Nothing was changed. Copy it again and try once more.',
    { what },
  );
}

/**
 * Whether a value is small enough to look at: it counts values and text as it goes, so that a huge one, or one that
 * contains itself, costs no more than the limit.
 */
function isWithinBounds(value: unknown): boolean {
  let values = 0;
  let text = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    values += 1;
    if (typeof next.value === 'string') text += next.value.length;
    if (values > MOST_VALUES || text > MOST_TEXT || next.depth > DEEPEST) return false;
    // Sums of two such times are still safe.
    if (typeof next.value === 'number' && !(Math.abs(next.value) <= 2 * LONGEST_TIME)) return false;
    if (typeof next.value !== 'object' || next.value === null) continue;
    const inside: readonly unknown[] = Array.isArray(next.value)
      ? next.value
      : Object.values(next.value);
    if (values + waiting.length + inside.length > MOST_VALUES) return false;
    for (const each of inside) waiting.push({ value: each, depth: next.depth + 1 });
  }
  return true;
}
