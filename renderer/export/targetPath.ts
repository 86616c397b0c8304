import { fileName, folderOf, pathIn } from '../ui/words.ts';

/** Where an export is to go. */
export type Target = {
  folder: string;
  /** Without its extension, unless a person typed it too. */
  name: string;
  /** Whether the person agreed to replace a file of this name. */
  force: boolean;
};

/** The path that a target stands for; `extension` is null for a folder. */
export function targetPath({ folder, name }: Target, extension: string | null): string {
  const stem = withoutExtension(name.trim(), extension);
  return pathIn(folder, extension === null ? stem : `${stem}.${extension}`);
}

/** The target that a path stands for, chosen in a dialog that asks before it replaces. */
export function targetOf(path: string, extension: string | null): Target {
  const name = withoutExtension(fileName(path), extension);
  return { folder: folderOf(path), name, force: true };
}

function withoutExtension(name: string, extension: string | null): string {
  const suffix = `.${extension}`;
  if (extension === null || !name.toLowerCase().endsWith(suffix)) return name;
  return name.slice(0, -suffix.length);
}
