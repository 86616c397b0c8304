import { expect, it } from 'vitest';
import { filterGroups, type Finding, groupFindings } from './groupFindings.ts';

const finding = (
  id: string,
  severity: Finding['severity'],
  over: Partial<Finding> = {},
): Finding => ({
  id,
  severity,
  where: 'One',
  message: `What ${id} says.`,
  why: 'Why.',
  fix: 'Fix.',
  canFix: false,
  ...over,
});

it('puts findings of a rule together, worst first, and counts those that are not listed', () => {
  const groups = groupFindings({
    findings: [
      finding('space/double', 'warning', { canFix: true }),
      finding('picture/no-description', 'error'),
      finding('space/double', 'warning', { where: 'Two' }),
      finding('space/unit', 'info', { count: 7 }),
    ],
    rules: { 'space/double': 240, 'picture/no-description': 1, 'space/unit': 1 },
  });
  expect(groups.map(({ id, count, canFix }) => [id, count, canFix])).toEqual([
    ['picture/no-description', 1, false],
    ['space/double', 240, true],
    ['space/unit', 7, false],
  ]);
});

it('keeps what holds a word: the whole of a rule, or the places that do', () => {
  const groups = groupFindings({
    findings: [
      finding('space/double', 'warning', { excerpt: 'the lamp' }),
      finding('space/double', 'warning', { excerpt: 'the sea' }),
      finding('dash/range', 'warning', { excerpt: '10-20' }),
    ],
    rules: {},
  });
  expect(filterGroups(groups, 'Double').map(({ findings }) => findings.length)).toEqual([2]);
  expect(filterGroups(groups, 'LAMP').map(({ id, count }) => [id, count])).toEqual([
    ['space/double', 1],
  ]);
  expect(filterGroups(groups, ' ')).toHaveLength(2);
  expect(filterGroups(groups, 'nothing of the kind')).toEqual([]);
});
