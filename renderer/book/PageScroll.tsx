import type { ReactNode } from 'react';

/** The sheet that is written on, which scrolls: one measure of 60 to 70 characters and nothing else. */
export function PageScroll({ children }: { children: ReactNode }) {
  return (
    <div data-page-scroll className="flex min-h-0 grow flex-col overflow-y-auto px-6 pb-6">
      <div className="mx-auto flex w-full max-w-[44rem] grow flex-col rounded-md bg-page px-[clamp(1.5rem,8%,4rem)] pt-14 pb-24 font-serif text-on-page">
        {children}
      </div>
    </div>
  );
}
