import type { ReactNode } from 'react';

/** A heading and what belongs to it. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 px-3 py-3">
      <h2 className="text-xs font-semibold text-strong">{title}</h2>
      {children}
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
