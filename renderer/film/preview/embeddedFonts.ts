/** Families that graphics are set in; the page has their faces from files that ship with the app. */
const FAMILIES = new Set(['Inter Variable', 'Literata Variable']);

const files = new Map<string, Promise<string>>();

/**
 * The font faces that `words` need as CSS with the files in it: pictures of pages may load nothing. Faces that cannot
 * be read are left out.
 */
export async function embeddedFonts(words: string): Promise<string> {
  const points = [...new Set(Array.from(`${words} `, (letter) => letter.codePointAt(0) ?? 0))];
  const rules = [...document.styleSheets]
    .flatMap(rulesOf)
    .filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
    .filter((rule) => FAMILIES.has(unquoted(rule.style.getPropertyValue('font-family'))))
    .filter((rule) => covers(rule.style.getPropertyValue('unicode-range'), points));
  const faces = await Promise.all(rules.map(embedded));
  return faces.join('\n');
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A sheet from elsewhere, of an extension for example, is not ours to read.
    return [];
  }
}

async function embedded(rule: CSSFontFaceRule): Promise<string> {
  const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
  if (address === undefined) return '';
  const url = new URL(address, rule.parentStyleSheet?.href ?? document.baseURI).href;
  const known = files.get(url) ?? dataUrl(url).catch(() => '');
  files.set(url, known);
  const data = await known;
  return data === '' ? '' : rule.cssText.replace(/url\([^)]*\)/, `url("${data}")`);
}

async function dataUrl(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error(`${url} cannot be read`));
    reader.readAsDataURL(blob);
  });
}

/** Whether a `unicode-range` has any of the code points; an empty one has all. */
export function covers(range: string, points: readonly number[]): boolean {
  if (range.trim() === '') return true;
  return range.split(',').some((part) => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-');
    const from = Number.parseInt(first.replaceAll('?', '0'), 16);
    const to = Number.parseInt(last.replaceAll('?', 'F'), 16);
    return points.some((point) => point >= from && point <= to);
  });
}

function unquoted(name: string): string {
  return name.replaceAll(/["']/g, '');
}
