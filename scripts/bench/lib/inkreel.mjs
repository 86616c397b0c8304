import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, node, root } from '../../steps/tool.mjs';
import { runProgram } from './program.mjs';

/** The command line, with folders of its own in `folder`. */
export function inkreelIn(folder) {
  const env = { ...environment };
  for (const name of ['DATA', 'CACHE', 'PROJECTS', 'EXPORTS']) {
    env[`INKREEL_${name}`] = join(folder, name.toLowerCase());
  }
  const program = join(root, 'engine/cli/inkreel.mjs');
  return {
    run: (...args) => runProgram(node, [program, ...args], { env }),
    /** The same with the child process given to `onStart`. */
    watch: (onStart, ...args) => runProgram(node, [program, ...args], { env, onStart }),
    /** Forgets what was made before; the program itself stays compiled. */
    forget: async () => {
      const names = await readdir(env.INKREEL_CACHE).catch(() => []);
      for (const name of names.filter((one) => one !== 'code'))
        await rm(join(env.INKREEL_CACHE, name), { recursive: true });
    },
    json: async (...args) => {
      const { stdout } = await runProgram(node, [program, ...args, '--json'], { env });
      return JSON.parse(stdout);
    },
  };
}
