/** A BCP 47 tag as arguments of Typst's `text`. */
export function typstLanguage(tag: string): string {
  const [language = 'en', ...rest] = tag.split('-');
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part));
  return `lang: "${language.toLowerCase()}"${region === undefined ? '' : `, region: "${region.toLowerCase()}"`}`;
}
