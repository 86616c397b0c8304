import { existsSync, realpathSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const bin = join(root, 'node_modules', '.bin');
const node24 = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The Node that everything runs under: 24 from node_modules, whichever Node started this. */
export const node = existsSync(node24) ? node24 : process.execPath;

/** The environment of every step: its `node` and the packages' programs come first. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

/** The script behind a package's program, to be run with `node`; npm's own launchers need a shell on Windows. */
export function toolScript(packageName, program = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin: programs } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof programs === 'string' ? programs : programs[program]);
}

/** Whether this process runs on a program, by whatever path either is called. */
export function isRunBy(program) {
  return realpathSync(program) === realpathSync(process.execPath);
}
