import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll } from 'vitest';
import type { CallInput, CallName, CallOutput } from '#core/contract/contract.ts';
import { Refusal } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import { engineFolders } from '#engine/folders.ts';
import { cliEnvironment } from '../support/cli.ts';

const RATE_HZ = 8_000;

/** Writes a WAV file of a tone, mono, 16 bits; files of different tones and equal length have equal size. */
export function writeTone(path: string, hz: number, seconds = 1): string {
  const samples = Math.round(RATE_HZ * seconds);
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0, 'ascii');
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8, 'ascii');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(RATE_HZ * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'ascii');
  file.writeUInt32LE(samples * 2, 40);
  for (let sample = 0; sample < samples; sample += 1) {
    const level = Math.round(9_000 * Math.sin((2 * Math.PI * hz * sample) / RATE_HZ));
    file.writeInt16LE(level, 44 + sample * 2);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file);
  return path;
}

/** An engine as one computer has it, with folders of its own. */
export type Machine = {
  engine: Engine;
  /** A call that must succeed; throws the refusal otherwise. */
  call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;
  /** The code and sentence with which a call is refused. */
  refusal: <N extends CallName>(
    name: N,
    input: CallInput<N>,
  ) => Promise<{ code: string; message: string }>;
};

export async function machine(folder: string): Promise<Machine> {
  const folders = engineFolders(folder, cliEnvironment(folder));
  const engine = await createEngine({ ...folders, appVersion: '0.0.0' });
  afterAll(() => engine.close());
  return {
    engine,
    async call(name, input) {
      const answer = await engine.call(name, input);
      if (!answer.ok) throw new Refusal(answer.error);
      return answer.value;
    },
    async refusal(name, input) {
      const answer = await engine.call(name, input);
      if (answer.ok) throw new Error(`“${name}” was not refused`);
      return answer.error;
    },
  };
}

/** A project open on a machine, with its library by name. */
export type OpenLibrary = {
  projectId: string;
  timelineId: string;
  project: () => Promise<Project>;
  idOf: (name: string) => Promise<string>;
  status: (name: string) => Promise<CallOutput<'media.status'>['assets'][number]>;
};

export async function openLibrary({ call }: Machine, path: string): Promise<OpenLibrary> {
  const read = async () => {
    const opened = await call('project.open', { path });
    return { projectId: opened.projectId, project: new Project(opened.writes) };
  };
  const { projectId, project } = await read();
  const idOf = async (name: string) => {
    const asset = (await read()).project.all('asset').find((one) => one.name === name);
    if (asset === undefined) throw new Error(`The library has no ${name}`);
    return asset.id;
  };
  return {
    projectId,
    timelineId: project.all('timeline')[0]?.id ?? '',
    project: async () => (await read()).project,
    idOf,
    async status(name) {
      const id = await idOf(name);
      const { assets } = await call('media.status', { projectId });
      const found = assets.find((one) => one.assetId === id);
      if (found === undefined) throw new Error(`There is no status of ${name}`);
      return found;
    },
  };
}

/** A new project at `path` with media in its library. */
export async function newLibrary(
  on: Machine,
  path: string,
  media: readonly string[],
): Promise<OpenLibrary> {
  const { projectId } = await on.call('project.new', { path, name: 'Library' });
  if (media.length > 0) await on.call('media.import', { projectId, paths: [...media] });
  return openLibrary(on, path);
}
