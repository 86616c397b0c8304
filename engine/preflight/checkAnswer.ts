import type { CallOutput } from '#core/contract/contract.ts';
import type { Finding } from '#core/preflight/check.ts';

/** Findings as they are answered: of each rule only so many, with the number of all. */
export function answerOf(
  findings: readonly Finding[],
  mostPerRule: number,
): CallOutput<'book.check'> {
  const rules: Record<string, number> = {};
  const counts = { error: 0, warning: 0, info: 0 };
  const listed = findings.filter(({ id, severity }) => {
    counts[severity] += 1;
    rules[id] = (rules[id] ?? 0) + 1;
    return rules[id] <= mostPerRule;
  });
  return { ok: counts.error === 0, findings: [...listed], counts, rules };
}
