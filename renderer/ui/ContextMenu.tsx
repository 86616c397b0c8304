import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import { MENU_ITEM_LOOK, MENU_LOOK, type MenuItem } from './menuItems.ts';
import { MenuRow } from './MenuRow.tsx';

type ContextMenuProps = {
  items: readonly MenuItem[];
  /** What is right-clicked, or focused when the menu key is pressed. */
  children: ReactElement;
};

/** A menu of what can be done with a thing, where the pointer is. */
export function ContextMenu({ items, children }: ContextMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      {items.length > 0 && (
        <Radix.Portal>
          <Radix.Content collisionPadding={8} className={MENU_LOOK}>
            {items.map((item, index) =>
              item.kind === 'line' ? (
                <Radix.Separator key={`line-${index}`} className="mx-2 my-1 h-px bg-line" />
              ) : (
                <Radix.Item
                  key={item.label}
                  disabled={item.disabled ?? false}
                  onSelect={item.run}
                  className={classes(MENU_ITEM_LOOK, item.danger && 'text-danger')}
                >
                  <MenuRow item={item} />
                </Radix.Item>
              ),
            )}
          </Radix.Content>
        </Radix.Portal>
      )}
    </Radix.Root>
  );
}
