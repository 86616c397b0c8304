import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root, toolScript } from './tool.mjs';

const FOLDER = join(root, 'test-results');

/** Arguments for Node that run one vitest project and leave a JSON report. */
export async function vitestArguments(project) {
  await mkdir(FOLDER, { recursive: true });
  await rm(reportOf(project), { force: true });
  return [
    toolScript('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(project)}`,
  ];
}

/**
 * What the runs of these projects found, added up. A file that could not be loaded and a run that left no report
 * hold tests that nobody counted, so each counts as one failure.
 */
export async function sumReports(projects) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const project of projects) {
    const text = await readFile(reportOf(project), 'utf8').catch(() => null);
    if (text === null) {
      sum.failed += 1;
      continue;
    }
    const report = JSON.parse(text);
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + report.testResults.filter(failedToLoad).length;
    sum.skipped += report.numPendingTests + report.numTodoTests;
  }
  return sum;
}

function failedToLoad({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((result) => result.status === 'failed');
}

function reportOf(project) {
  return join(FOLDER, `${project}.json`);
}
