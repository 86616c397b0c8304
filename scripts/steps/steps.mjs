import { spawn } from 'node:child_process';
import { environment, node, root } from './tool.mjs';

/**
 * Runs steps `{name, args}` (arguments for Node), `atOnce` at a time in the order given, and prints a line for each
 * with its time. The output of a step is printed when it failed. Answers the names of those that failed.
 */
export async function runSteps(steps, { atOnce = 1 } = {}) {
  const waiting = [...steps];
  const failed = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      const { exitCode, output } = await runNode(step.args);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'}  ${step.name}  ${seconds} s`);
      if (exitCode === 0) continue;
      failed.push(step.name);
      console.log(`${output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

/** Runs Node with its output shown as it comes. Answers the exit code. */
export async function runNodeVisibly(args) {
  const { exitCode } = await runNode(args, { visible: true });
  return exitCode;
}

function runNode(args, { visible = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd: root,
      env: environment,
      stdio: visible ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => resolve({ exitCode: null, output: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
