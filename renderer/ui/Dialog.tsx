import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: string;
  size?: 'small' | 'medium' | 'large' | 'wide';
  /** `inside`: the content has parts that scroll by themselves, and edges of its own. */
  scrolls?: 'whole' | 'inside';
  /** Buttons at the end, the next action last. */
  footer?: ReactNode;
  children?: ReactNode;
};

const WIDTHS = { small: 'w-[26rem]', medium: 'w-[36rem]', large: 'w-[52rem]', wide: 'w-[60rem]' };

/** A window over the room: title, content that scrolls, buttons that stay. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, size = 'medium', footer, children } = props;
  const { scrolls = 'whole' } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          className={classes(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] max-w-[calc(100dvw-2rem)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col rounded-lg bg-panel shadow-overlay outline-none',
            WIDTHS[size],
          )}
        >
          <header className="px-5 pt-4 pr-12 pb-3">
            <Radix.Title className="truncate text-base font-semibold">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-0.5 text-sm text-muted">
                {description}
              </Radix.Description>
            )}
          </header>
          <div
            className={
              scrolls === 'whole'
                ? 'min-h-0 grow overflow-y-auto px-5 pb-4'
                : 'flex min-h-0 grow flex-col'
            }
          >
            {children}
          </div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 px-5 pt-1 pb-4">
              {footer}
            </footer>
          )}
          <Radix.Close asChild>
            <IconButton icon={X} label="Close" size="small" className="absolute top-4 right-3" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Focus goes to the first field, else to the window itself: never to a button that might be pressed unseen. */
function focusFirstField(event: Event): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const field = currentTarget.querySelector<HTMLElement>(
    'input:checked, input:not([type="radio"]), textarea, [role="combobox"], [role="listbox"]',
  );
  event.preventDefault();
  (field ?? currentTarget).focus();
}
