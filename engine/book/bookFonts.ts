import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Static weights only: variable fonts do not embed well in print files. */
const STYLES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] as const;

/** The fonts books are set in: Literata (SIL Open Font License 1.1), read from its package. */
export function bookFonts(): Buffer[] {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@expo-google-fonts/literata/package.json'));
  return STYLES.map((style) => readFileSync(join(folder, style, `Literata_${style}.ttf`)));
}
