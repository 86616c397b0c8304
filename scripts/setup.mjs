/*
 * Makes a checkout ready to run: npm packages, Node 24, ffmpeg, a browser for graphics, an emoji font, built
 * compositions; with --with-tests also Java and eSpeak NG. Runs on plain Node 20 without any package. Says what it installs before
 * it does; --check only looks.
 */
import { fileURLToPath } from 'node:url';
import { hasCompositions, updateCompositions } from './setup/compositions.mjs';
import { installPackages, packagesState, writeStamp } from './setup/packages.mjs';
import { aptInstall, findPackageManager, howToGet, mayInstall } from './setup/system.mjs';
import {
  findBrowser,
  findEmojiFont,
  findFfmpeg,
  findJava,
  findNode24,
  findVoices,
} from './setup/tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const withTests = process.argv.includes('--with-tests');
const checkOnly = process.argv.includes('--check');

process.exitCode = await main();

async function main() {
  const manager = await findPackageManager();
  if (checkOnly) return printState(manager);

  const missingTools = (await findTools()).filter((tool) => !tool.ok);
  if (missingTools.length > 0 && mayInstall(manager)) {
    const failure = await aptInstall(
      missingTools.map((tool) => tool.thing),
      { say },
    );
    if (failure !== null) complain('apt-get could not install everything', failure);
  }
  const node = await preparePackages();
  if (node === null || !(await prepareCompositions(node))) return 1;

  const stillMissing =
    missingTools.length > 0 ? (await findTools()).filter((tool) => !tool.ok) : [];
  for (const tool of stillMissing) say(missingLine(tool, manager));
  return stillMissing.some((tool) => tool.required) ? 1 : 0;
}

/** The programs and fonts to look for, all looked for at once. */
async function findTools() {
  const [ffmpeg, browser, emoji, java, voices] = await Promise.all([
    findFfmpeg(root),
    findBrowser(),
    findEmojiFont(),
    withTests ? findJava() : null,
    withTests ? findVoices() : null,
  ]);
  const tools = [
    {
      thing: 'ffmpeg',
      name: 'ffmpeg 5.1 or newer',
      need: 'films cannot be read or written',
      required: true,
      ok: ffmpeg.problem === null,
      found: `${ffmpeg.version} (${ffmpeg.path})`,
      problem: ffmpeg.problem,
    },
    {
      thing: 'browser',
      name: 'Chromium or Chrome',
      need: withTests
        ? 'the tests of the interface cannot run'
        : 'titles and captions cannot be drawn',
      required: withTests,
      ok: browser !== null,
      found: browser,
    },
    {
      thing: 'emoji',
      name: 'A colour emoji font',
      need: 'emoji in captions stay empty',
      required: false,
      ok: emoji !== null,
      found: emoji,
    },
  ];
  if (withTests) {
    tools.push({
      thing: 'java',
      name: 'Java 11 or newer',
      need: 'EPUBCheck cannot run',
      required: true,
      ok: java !== null,
      found: java && `${java.version} (${java.path})`,
    });
    tools.push({
      thing: 'voices',
      name: 'eSpeak NG',
      need: 'the tests of narration are left out',
      required: false,
      ok: voices !== null,
      found: voices && `${voices.version} (${voices.path})`,
    });
  }
  return tools;
}

/** Brings node_modules in line with package-lock.json. Answers the path of its Node 24, or null when that failed. */
async function preparePackages() {
  const state = await packagesState(root);
  if (state === 'outdated') {
    const started = performance.now();
    const { path } = await findFfmpeg(root);
    const alsoFfmpeg = path === null ? ', with ffmpeg from ffmpeg-static (about 30 MB)' : '';
    say(`Installing the npm packages of package-lock.json (npm ci)${alsoFfmpeg}.`);
    const installed = await installPackages(root, { ffmpeg: path });
    if (!installed.ok) {
      complain('npm could not install the packages', installed.output);
      return null;
    }
    say(`Installed the npm packages in ${Math.round((performance.now() - started) / 1000)} s.`);
  }
  const node = await findNode24(root);
  if (node === null) {
    say(
      'Node 24 does not run from node_modules/node. Allow its install script, then run “npm ci”.',
    );
    return null;
  }
  if (state !== 'current') await writeStamp(root);
  return node.path;
}

async function prepareCompositions(node) {
  if (!hasCompositions(root)) say('Building the title and caption graphics.');
  const updated = await updateCompositions(root, { node });
  if (!updated.ok) complain('The graphics could not be built', updated.output);
  return updated.ok;
}

async function printState(manager) {
  const [packages, node, tools] = await Promise.all([
    packagesState(root),
    findNode24(root),
    findTools(),
  ]);
  const items = [
    {
      name: 'npm packages',
      required: true,
      ok: packages !== 'outdated',
      found: 'as in package-lock.json',
      hint: 'npm ci',
    },
    { name: 'Node 24', required: true, ok: node !== null, found: node?.version, hint: 'npm ci' },
    ...tools.map((tool) => ({ ...tool, hint: howToGet(tool.thing, manager) })),
    {
      name: 'Built graphics',
      required: true,
      ok: hasCompositions(root),
      found: 'resources/compositions',
      hint: 'npm run setup',
    },
  ];
  for (const item of items) {
    say(`${item.ok ? 'ok     ' : 'missing'}  ${item.name}: ${item.ok ? item.found : item.hint}`);
  }
  return items.some((item) => item.required && !item.ok) ? 1 : 0;
}

function missingLine(tool, manager) {
  const problem = tool.problem && tool.problem !== 'not found' ? ` (${tool.problem})` : '';
  return `${tool.required ? 'Missing' : 'Recommended'}: ${tool.name}${problem}; without it ${tool.need}. To get it: ${howToGet(tool.thing, manager)}`;
}

/** Prints what went wrong: from npm's or apt's first error on, or the end of the output. */
function complain(what, output) {
  const lines = output.trim().split('\n');
  const firstError = lines.findIndex((line) => /^(?:npm error|E:|Error)/.test(line));
  const shown = firstError === -1 ? lines.slice(-12) : lines.slice(firstError, firstError + 12);
  console.error(`${what}:\n${shown.map((line) => `  ${line}`).join('\n')}`);
}

function say(line) {
  console.log(line);
}
