import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useOpenProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { Select } from '../ui/Select.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { DEFAULT_TRIM, TRIMS } from './trims.ts';

/** The pages of the printed book, two facing ones at a time; the first stands alone on the right. */
export function BookPreview({ bookId }: { bookId: string }) {
  const { projectId, revision } = useOpenProject();
  const [stored, setTrim] = useRemembered<string>('book.trim', '6x9in');
  const { value: trim, shape } = TRIMS.find((one) => one.value === stored) ?? DEFAULT_TRIM;
  const [spread, setSpread] = useState(0);
  const first = spread === 0 ? 1 : spread * 2;
  const pages = useEngineQuery(
    'book.pages',
    { projectId, bookId, trim, first, count: spread === 0 ? 1 : 2 },
    { of: revision, keepPrevious: true },
  );
  const pageCount = pages.data?.pageCount ?? 0;
  const lastSpread = Math.floor(pageCount / 2);
  const go = (to: number) => setSpread(Math.max(0, Math.min(lastSpread, to)));
  // A book that became shorter may no longer have the page that was shown.
  useEffect(() => {
    if (pageCount > 0) setSpread((now) => Math.min(now, lastSpread));
  }, [pageCount, lastSpread]);

  function onKeyDown(event: KeyboardEvent) {
    const targets: Record<string, number> = {
      ArrowLeft: spread - 1,
      PageUp: spread - 1,
      ArrowRight: spread + 1,
      PageDown: spread + 1,
      Home: 0,
      End: lastSpread,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  }

  if (pages.isError) {
    return (
      <EmptyState
        title="The pages could not be set"
        text={pages.error.fault.message}
        actions={<Button onClick={() => void pages.refetch()}>Try again</Button>}
      />
    );
  }
  const shown = pages.data?.pages ?? [];
  const left = shown.find((page) => page.number % 2 === 0);
  const right = shown.find((page) => page.number % 2 === 1);
  return (
    <div className="flex min-h-0 grow flex-col">
      <div
        role="region"
        aria-label="Facing pages"
        aria-busy={pages.isFetching}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="grid min-h-0 grow grid-cols-2 gap-px bg-app px-6 py-4 outline-offset-[-2px]"
      >
        <Place side="left" shape={shape}>
          <PagePicture page={left} />
        </Place>
        <Place side="right" shape={shape}>
          {pages.isPending ? (
            <Skeleton className="size-full rounded-none" />
          ) : (
            <PagePicture page={right} />
          )}
        </Place>
      </div>
      <footer className="grid h-12 flex-none grid-cols-[1fr_auto_1fr] items-center gap-2 px-3">
        <span />
        <div className="flex items-center gap-1">
          <IconButton
            icon={ChevronLeft}
            label="Previous pages"
            disabled={spread === 0}
            onClick={() => go(spread - 1)}
          />
          <p role="status" className="min-w-28 text-center text-xs text-muted">
            {pageCount > 0 && `${pageWords(spread, pageCount)} of ${pageCount}`}
          </p>
          <IconButton
            icon={ChevronRight}
            label="Next pages"
            disabled={spread >= lastSpread}
            onClick={() => go(spread + 1)}
          />
        </div>
        <div className="w-52 justify-self-end">
          <Select label="Trim size" layout="row" value={trim} options={TRIMS} onChange={setTrim} />
        </div>
      </footer>
    </div>
  );
}

/** Where a page lies: as large as fits, against the spine. */
function Place(props: { side: 'left' | 'right'; shape: number; children: ReactNode }) {
  const { side, shape, children } = props;
  return (
    <div
      className={`@container-size flex min-h-0 min-w-0 items-center ${side === 'left' ? 'justify-end' : 'justify-start'}`}
    >
      <div style={{ aspectRatio: shape, height: `min(100cqh, ${100 / shape}cqw)` }}>{children}</div>
    </div>
  );
}

function PagePicture({ page }: { page: { number: number; svg: string } | undefined }) {
  const address = useSvgAddress(page?.svg);
  if (page === undefined || address === null) return null;
  return <img src={address} alt={`Page ${page.number}`} className="size-full bg-white" />;
}

/** An address of a picture in memory, released when it is no longer shown. */
function useSvgAddress(svg: string | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (svg === undefined) return;
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [svg]);
  return address;
}

function pageWords(spread: number, pageCount: number): string {
  if (spread === 0) return 'Page 1';
  const right = spread * 2 + 1;
  return right > pageCount ? `Page ${spread * 2}` : `Pages ${spread * 2}–${right}`;
}
