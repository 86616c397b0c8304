import { keyNames } from './keys.ts';

/** Keys of a shortcut, drawn as keys. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans text-xs text-muted">
      {keyNames(keys).map((name) => (
        <span key={name} className="min-w-4 rounded-sm bg-hover px-1 text-center">
          {name}
        </span>
      ))}
    </kbd>
  );
}
