import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useIsFixed } from './fixed.ts';

type GroupProps = {
  title: string;
  /** Under which it is remembered whether it is folded; default: the title. */
  name?: string;
  /** Whether it is folded until somebody unfolds it. */
  isFolded?: boolean;
  /** Buttons beside the heading. */
  actions?: ReactNode;
  /** `facts` has nothing that a lock would keep from being pressed. */
  kind?: 'settings' | 'facts';
  children: ReactNode;
};

/** A heading that folds, and what belongs to it. */
export function Group({ title, name = title, isFolded = false, ...props }: GroupProps) {
  const [folded, setFolded] = useRemembered(`inspector.folded.${name}`, isFolded);
  const isFixed = useIsFixed() && props.kind !== 'facts';
  const id = useId();
  return (
    <section aria-label={title} className="flex flex-col gap-2 px-3 py-2.5">
      <header className="flex h-6 items-center gap-1">
        <h2 className="min-w-0 grow text-xs font-semibold text-strong">
          <button
            type="button"
            aria-expanded={!folded}
            aria-controls={id}
            onClick={() => setFolded(!folded)}
            className="-ml-1 flex h-6 w-full min-w-0 items-center gap-1 rounded-sm pr-1 text-left hover:bg-hover"
          >
            <Icon icon={folded ? ChevronRight : ChevronDown} size={14} className="text-faint" />
            <span className="truncate">{title}</span>
          </button>
        </h2>
        {!folded && !isFixed && props.actions}
      </header>
      <fieldset
        id={id}
        hidden={folded}
        disabled={isFixed}
        className={folded ? 'hidden' : 'flex min-w-0 flex-col gap-2'}
      >
        {!folded && props.children}
      </fieldset>
    </section>
  );
}

/** Facts as pairs of a word and a value. */
export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5rem,2fr)_3fr] gap-x-3 gap-y-1.5 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words text-strong" data-selectable>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
