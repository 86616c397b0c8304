import { create } from 'zustand';
import { recall, remember } from './remembered.ts';

export type ThemeChoice = 'system' | 'dark' | 'light';

type ThemeState = { choice: ThemeChoice; choose: (choice: ThemeChoice) => void };

/** Which theme the person chose, remembered on this computer. */
export const useTheme = create<ThemeState>((set) => ({
  choice: asChoice(recall<string>('theme', 'system')),
  choose: (choice) => {
    remember('theme', choice);
    set({ choice });
  },
}));

/** Puts the theme on the document and follows the system and the choice from then on. */
export function startTheme(): void {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const show = () => {
    const { choice } = useTheme.getState();
    const system = light.matches ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = choice === 'system' ? system : choice;
  };
  light.addEventListener('change', show);
  useTheme.subscribe(show);
  show();
}

function asChoice(value: string): ThemeChoice {
  return value === 'dark' || value === 'light' ? value : 'system';
}
