import { File, Folder } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/Icon.tsx';
import { bytesText, whenText } from '../ui/words.ts';
import type { FolderEntry } from './folder.ts';

type EntryListProps = {
  entries: readonly FolderEntry[];
  chosen: readonly string[];
  multiple: boolean;
  emptyText: string;
  onChoose: (paths: string[]) => void;
  /** Double click or Enter. */
  onActivate: (entry: FolderEntry) => void;
};

const PAGE = 10;

/** Files and folders as a list box: arrow keys, typing the beginning of a name, Shift and Ctrl for several. */
export function EntryList(props: EntryListProps) {
  const { entries, chosen, multiple, onChoose, onActivate } = props;
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const typed = useRef({ text: '', at: 0 });
  const list = useRef<HTMLDivElement>(null);
  const activeId = entries[active] ? `entry-${active}` : undefined;

  useEffect(() => {
    list.current?.querySelector(`#entry-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function choose(index: number, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) {
    const entry = entries[index];
    if (entry === undefined) return;
    setActive(index);
    if (multiple && event.shiftKey) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      const range = entries.slice(from, to + 1).filter((one) => one.kind === 'file');
      onChoose(range.map((one) => one.path));
      return;
    }
    anchor.current = index;
    if (!multiple || !(event.ctrlKey || event.metaKey)) onChoose([entry.path]);
    else if (chosen.includes(entry.path)) onChoose(chosen.filter((path) => path !== entry.path));
    else onChoose([...chosen, entry.path]);
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = entries.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: chosen.length === 0 ? active : Math.min(last, active + 1),
      ArrowUp: Math.max(0, active - 1),
      PageDown: Math.min(last, active + PAGE),
      PageUp: Math.max(0, active - PAGE),
      Home: 0,
      End: last,
      ' ': active,
    };
    const target = targets[event.key];
    const entry = entries[active];
    if (target !== undefined) {
      event.preventDefault();
      choose(target, event);
    } else if (event.key === 'Enter' && entry) {
      event.preventDefault();
      onActivate(entry);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const text = event.timeStamp - typed.current.at < 800 ? typed.current.text : '';
      typed.current = { text: text + event.key.toLowerCase(), at: event.timeStamp };
      const found = entries.findIndex((one) =>
        one.name.toLowerCase().startsWith(typed.current.text),
      );
      if (found >= 0) choose(found, { shiftKey: false, ctrlKey: false, metaKey: false });
    }
  }

  if (entries.length === 0) {
    return <p className="m-auto p-6 text-center text-sm text-muted">{props.emptyText}</p>;
  }
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Files"
      aria-multiselectable={multiple || undefined}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 grow overflow-y-auto p-1 outline-offset-[-2px]"
    >
      {entries.map((entry, index) => {
        const isChosen = chosen.includes(entry.path);
        return (
          <div
            key={entry.path}
            id={`entry-${index}`}
            role="option"
            aria-selected={isChosen}
            onClick={(event: MouseEvent) => choose(index, event)}
            onDoubleClick={() => onActivate(entry)}
            className={classes(
              'grid h-7 grid-cols-[auto_minmax(0,1fr)_5rem_7rem] items-center gap-2 rounded-sm px-2 text-sm max-sm:grid-cols-[auto_minmax(0,1fr)]',
              isChosen ? 'bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            <Icon
              icon={entry.kind === 'folder' ? Folder : File}
              className={entry.kind === 'folder' ? 'text-muted' : 'text-faint'}
            />
            <span className="truncate">{entry.name}</span>
            <span className="text-right text-xs tabular-nums text-faint max-sm:hidden">
              {entry.kind === 'file' && bytesText(entry.sizeBytes)}
            </span>
            <span className="text-right text-xs tabular-nums text-faint max-sm:hidden">
              {whenText(entry.modifiedAtMs)}
            </span>
          </div>
        );
      })}
    </div>
  );
}
