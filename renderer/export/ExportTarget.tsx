import { chooseToSave } from '../client/shell.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { type Target, targetOf, targetPath } from './targetPath.ts';

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
    if (path !== null) onChange(targetOf(path, extension));
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
