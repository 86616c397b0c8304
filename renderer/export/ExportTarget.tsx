import { chooseToSave } from '../client/shell.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { fileName, folderOf, pathIn } from '../ui/words.ts';

export type Target = {
  folder: string;
  name: string;
  /** Whether the person agreed to replace a file of this name. */
  force: boolean;
};

type ExportTargetProps = {
  target: Target;
  /** Null for a folder. */
  extension: string | null;
  title: string;
  error?: string | undefined;
  onChange: (target: Target) => void;
};

/** File name and folder of what is exported. */
export function ExportTarget({ target, extension, title, error, onChange }: ExportTargetProps) {
  const choose = async () => {
    const path = await chooseToSave({
      title,
      defaultPath: targetPath(target, extension),
      filters:
        extension === null ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
    });
    if (path === null) return;
    const name = fileName(path);
    const suffix = extension === null ? '' : `.${extension}`;
    onChange({
      folder: folderOf(path),
      name: name.toLowerCase().endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name,
      force: true,
    });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-2">
      <TextField
        label={extension === null ? 'Folder' : 'File'}
        value={target.name}
        hint={targetPath(target, extension)}
        error={error}
        onChange={(name) => onChange({ ...target, name, force: false })}
        className="[&>p]:truncate"
      />
      <Button className="mb-5" onClick={() => void choose()}>
        Choose…
      </Button>
    </div>
  );
}

/** The path that a target stands for. */
export function targetPath({ folder, name }: Target, extension: string | null): string {
  return pathIn(folder, extension === null ? name.trim() : `${name.trim()}.${extension}`);
}
