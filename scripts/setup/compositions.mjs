import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './exec.mjs';

const SCRIPT = join('scripts', 'build-compositions.mjs');
const PAGE = join('resources', 'compositions', 'index.html');

/** Whether the graphics have been built at all; whether they are current is for the builder to say. */
export function hasCompositions(root) {
  return existsSync(join(root, PAGE));
}

/** Brings the graphics up to date with the given Node 24, which costs a moment when they are. Answers `{ok, output}`. */
export async function updateCompositions(root, { node }) {
  const { exitCode, output } = await run(node, [join(root, SCRIPT)], { cwd: root });
  return { ok: exitCode === 0 && hasCompositions(root), output };
}
