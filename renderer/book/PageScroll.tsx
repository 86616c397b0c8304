import type { ReactNode, Ref } from 'react';
import { classes } from '../ui/classes.ts';

/** The sheet that is written on, which scrolls: one measure of 60 to 70 characters and nothing else. */
export function PageScroll({ children }: { children: ReactNode }) {
  return (
    <Scroller className="flex flex-col">
      <div className="mx-auto flex w-full max-w-[44rem] grow flex-col rounded-md bg-page px-[clamp(1.5rem,8%,4rem)] pt-14 pb-24 font-serif text-on-page">
        {children}
      </div>
    </Scroller>
  );
}

type ScrollerProps = { className?: string; children: ReactNode; ref?: Ref<HTMLDivElement> };

/**
 * What the manuscript scrolls in. Its size does not depend on what is in it, so the window around it is not laid out
 * again with every letter; that holds for a block alone, which is why it is no item of a row or column itself.
 */
export function Scroller({ className, children, ref }: ScrollerProps) {
  return (
    <div className="min-h-0 grow">
      <div
        ref={ref}
        data-page-scroll
        className={classes('h-full overflow-y-auto px-6 pb-6 [contain:strict]', className)}
      >
        {children}
      </div>
    </div>
  );
}
