import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import type { CallOutput } from '#core/contract/contract.ts';
import { DEFAULT_THEME } from '#core/book/print/design.ts';
import type { TrimSize } from '#core/book/print/trims.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { PageGuides } from './design/PageGuides.tsx';
import { SvgPicture } from './design/SvgPicture.tsx';
import { TRIMS, trimOf } from './trims.ts';

/** The pages of the printed book, two facing ones at a time; the first stands alone where the book opens. */
export function BookPreview({ bookId }: { bookId: string }) {
  const { projectId, revision, readOnly } = useOpenProject();
  const design = useProject((project) => project.find('book', bookId)?.design, [bookId]);
  const trim = trimOf(design?.trim);
  const [hasGuides, setGuides] = useRemembered<boolean>('book.guides', false);
  const [spread, setSpread] = useState(0);
  const first = spread === 0 ? 1 : spread * 2;
  const pages = useEngineQuery(
    'book.pages',
    { projectId, bookId, first, count: spread === 0 ? 1 : 2 },
    { of: revision, keepPrevious: true },
  );
  const pageCount = pages.data?.pageCount ?? 0;
  const lastSpread = Math.floor(pageCount / 2);
  const go = (to: number) => setSpread(Math.max(0, Math.min(lastSpread, to)));
  // A book that became shorter may no longer have the page that was shown.
  useEffect(() => {
    if (pageCount > 0) setSpread((now) => Math.min(now, lastSpread));
  }, [pageCount, lastSpread]);

  const geometry = pages.data?.geometry;
  const isFromRight = geometry?.direction === 'rtl';

  function onKeyDown(event: KeyboardEvent) {
    const forward = isFromRight ? -1 : 1;
    const targets: Record<string, number> = {
      ArrowLeft: spread - forward,
      PageUp: spread - 1,
      ArrowRight: spread + forward,
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
  const setTrim = (size: TrimSize) => {
    const next = { ...(design ?? { theme: DEFAULT_THEME }), trim: size };
    projectStore.edit([{ type: 'book.setDesign', bookId, design: next }]);
  };
  const shape = geometry
    ? (geometry.widthIn + geometry.bleedIn) / (geometry.heightIn + 2 * geometry.bleedIn)
    : trim.shape;
  const guides = hasGuides ? geometry : undefined;
  const shown = pages.data?.pages ?? [];
  const even = shown.find((page) => page.number % 2 === 0);
  const odd = shown.find((page) => page.number % 2 === 1);
  const [left, right] = isFromRight ? [odd, even] : [even, odd];
  const previous = (
    <IconButton
      icon={isFromRight ? ChevronRight : ChevronLeft}
      label="Previous pages"
      disabled={spread === 0}
      onClick={() => go(spread - 1)}
    />
  );
  const next = (
    <IconButton
      icon={isFromRight ? ChevronLeft : ChevronRight}
      label="Next pages"
      disabled={spread >= lastSpread}
      onClick={() => go(spread + 1)}
    />
  );
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
          <PagePicture page={left} side="left" guides={guides} />
        </Place>
        <Place side="right" shape={shape}>
          {pages.isPending ? (
            <Skeleton className="size-full rounded-none" />
          ) : (
            <PagePicture page={right} side="right" guides={guides} />
          )}
        </Place>
      </div>
      <footer className="grid h-12 flex-none grid-cols-[1fr_auto_1fr] items-center gap-2 px-3">
        <div className="flex items-center gap-2 text-xs text-muted">
          <Switch label="Margins and safe area" checked={hasGuides} onChange={setGuides} />
          <span aria-hidden="true">Margins</span>
        </div>
        <div className="flex items-center gap-1">
          {isFromRight ? next : previous}
          <p role="status" className="min-w-28 text-center text-xs text-muted">
            {pageCount > 0 && `${pageWords(spread, pageCount)} of ${pageCount}`}
          </p>
          {isFromRight ? previous : next}
        </div>
        <div className="w-52 justify-self-end">
          <Select
            label="Trim size"
            layout="row"
            value={trim.value}
            options={TRIMS}
            disabled={readOnly}
            onChange={setTrim}
          />
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

type PagePictureProps = {
  page: { number: number; svg: string } | undefined;
  side: 'left' | 'right';
  guides: CallOutput<'book.pages'>['geometry'] | undefined;
};

function PagePicture({ page, side, guides }: PagePictureProps) {
  if (page === undefined) return null;
  return (
    <div className="relative size-full bg-white">
      <SvgPicture svg={page.svg} alt={`Page ${page.number}`} className="size-full" />
      {guides && <PageGuides geometry={guides} side={side} />}
    </div>
  );
}

function pageWords(spread: number, pageCount: number): string {
  if (spread === 0) return 'Page 1';
  const right = spread * 2 + 1;
  return right > pageCount ? `Page ${spread * 2}` : `Pages ${spread * 2}–${right}`;
}
