import { DropdownMenu } from 'radix-ui';
import { type ReactElement, useRef } from 'react';
import { classes } from './classes.ts';
import { MENU_ITEM_LOOK, MENU_LOOK, type MenuItem } from './menuItems.ts';
import { MenuRow } from './MenuRow.tsx';

type MenuProps = {
  items: readonly MenuItem[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** The button that opens it. */
  children: ReactElement;
};

/** A menu below a button. */
export function Menu({ items, align = 'start', side = 'bottom', children }: MenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild ref={trigger}>
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={MENU_LOOK}
          // A menu gives the focus back to its button a moment after it closed; one that was opened within that moment stays.
          onFocusOutside={(event) => {
            if (event.target instanceof Node && trigger.current?.contains(event.target))
              event.preventDefault();
          }}
        >
          {items.map((item, index) =>
            item.kind === 'line' ? (
              <DropdownMenu.Separator key={`line-${index}`} className="mx-2 my-1 h-px bg-line" />
            ) : (
              <DropdownMenu.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onSelect={item.run}
                className={classes(MENU_ITEM_LOOK, item.danger && 'text-danger')}
              >
                <MenuRow item={item} />
              </DropdownMenu.Item>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
