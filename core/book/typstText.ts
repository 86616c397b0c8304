/**
 * Text as a Typst string literal. The book's text only ever enters a Typst source this way, so no character in it can be
 * taken for markup or code.
 */
export function typstString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}
