/* `npm test`: the checks, the build, then the tests that need ffmpeg, a browser or Java. */
import { build } from './build.mjs';
import { check } from './check.mjs';
import { runNodeVisibly } from './steps/steps.mjs';
import { sumReports, vitestArguments } from './steps/testReport.mjs';

const failed = [...(await check()), ...(await build())];
const exitCode = await runNodeVisibly(await vitestArguments('system'));
if (exitCode !== 0) failed.push('system tests');

if (failed.length > 0) console.log(`Failed steps: ${failed.join(', ')}`);
const sum = await sumReports(['unit', 'system']);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = failed.length === 0 && sum.failed === 0 ? 0 : 1;
