import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { type ThemeChoice, useTheme } from '../ui/theme.ts';

const CHOICES: readonly { value: ThemeChoice; label: string; icon: typeof Sun }[] = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'light', label: 'Light', icon: Sun },
];

/** Chooses the theme of the interface. */
export function ThemeButton() {
  const { choice, choose } = useTheme();
  const current = CHOICES.find((option) => option.value === choice) ?? CHOICES[0];
  return (
    <Menu
      align="end"
      items={CHOICES.map(({ value, label, icon }) => ({
        label,
        icon,
        checked: value === choice,
        run: () => choose(value),
      }))}
    >
      <IconButton icon={current?.icon ?? Monitor} label="Theme" />
    </Menu>
  );
}
