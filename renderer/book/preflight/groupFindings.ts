import type { CallOutput } from '#core/contract/contract.ts';

type Check = CallOutput<'book.check'>;
export type Finding = Check['findings'][number];
export type Severity = Finding['severity'];

/** Findings of one rule, in the order of the book. */
export type RuleGroup = {
  id: string;
  severity: Severity;
  message: string;
  why: string;
  fix: string;
  findings: Finding[];
  /** How many there are; not all of them need be listed. */
  count: number;
  /** Whether some of them can be mended at once, and whether that changes words. */
  canFix: boolean;
  changesWords: boolean;
};

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Findings by rule, worst first, and the rules of one severity in the order in which they first occur. */
export function groupFindings({ findings, rules }: Pick<Check, 'findings' | 'rules'>): RuleGroup[] {
  const byRule = Map.groupBy(findings, ({ id, severity }) => `${severity} ${id}`);
  const groups = [...byRule.values()].flatMap((own): RuleGroup[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { id, severity, message, why, fix } = first;
    const ofRule = findings.filter((finding) => finding.id === id).length;
    const unlisted = (rules[id] ?? ofRule) - ofRule;
    return [
      {
        id,
        severity,
        message,
        why,
        fix,
        findings: own,
        count: own.reduce((sum, { count = 1 }) => sum + count, 0) + unlisted,
        canFix: own.some(({ canFix }) => canFix),
        changesWords: own.some(({ changesWords }) => changesWords === true),
      },
    ];
  });
  return SEVERITIES.flatMap((severity) => groups.filter((group) => group.severity === severity));
}

/** The groups that hold a word: in what they say, or in the places they name. */
export function filterGroups(groups: readonly RuleGroup[], words: string): RuleGroup[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [...groups];
  return groups.flatMap((group) => {
    if (`${group.message} ${group.id}`.toLowerCase().includes(wanted)) return [group];
    const findings = group.findings.filter(({ where, excerpt = '' }) =>
      `${where} ${excerpt}`.toLowerCase().includes(wanted),
    );
    return findings.length === 0 ? [] : [{ ...group, findings, count: findings.length }];
  });
}
