import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliJson } from './cli.ts';
import { makeNumberedFootage } from './numberedFootage.ts';

/**
 * Makes the project `film.inkreel` in a folder by the command line: clips One, Two and Three of `good one.mp4` at a
 * rate, a dissolve into the second, and what more is asked for.
 */
export async function makeCutProject(
  folder: string,
  options: { rate: string; env: NodeJS.ProcessEnv; more?: (timelineId: string) => object[] },
): Promise<void> {
  const { rate, env, more = () => [] } = options;
  const at = (name: string) => join(folder, name);
  const project = at('film.inkreel');
  await makeNumberedFootage({ path: at('good one.mp4'), frames: 300, rate });
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, '--fps', rate, '--size', '320x180'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string }[] }>(
    ['media', 'import', project, at('good one.mp4')],
    env,
  );
  const append = { type: 'clip.append', timelineId, assetId: assets[0]?.id, use: 'picture' };
  const commands = [
    { ...append, in: '10f', out: '80f', name: 'One', clipIds: ['one'] },
    { ...append, in: '100f', out: '150f', name: 'Two', clipIds: ['two'] },
    { ...append, in: '200f', out: '260f', name: 'Three', clipIds: ['three'] },
    { type: 'transition.add', clipId: 'two', duration: '12f', before: '5f' },
    ...more(timelineId),
  ];
  writeFileSync(at('cut.json'), JSON.stringify(commands));
  await cliJson(['edit', project, '--commands', at('cut.json')], env);
}
