import { Check } from 'lucide-react';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { MenuItem } from './menuItems.ts';

/** The inside of a menu's row: mark or icon, words, keys. */
export function MenuRow({ item }: { item: Exclude<MenuItem, { kind: 'line' }> }) {
  const glyph = item.checked ? Check : item.icon;
  return (
    <>
      <span className="flex w-4 flex-none">
        {glyph && <Icon icon={glyph} size={14} className={item.danger ? '' : 'text-muted'} />}
      </span>
      <span className="grow whitespace-nowrap">{item.label}</span>
      {item.keys !== undefined && (
        <span className="pl-6">
          <Kbd keys={item.keys} />
        </span>
      )}
    </>
  );
}
