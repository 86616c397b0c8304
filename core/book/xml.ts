/** Text as XML character data or attribute value. The manuscript's schemas keep out what XML 1.0 cannot hold at all. */
export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An XML id for an id of the manuscript: the same, unless it starts with a digit, which XML does not allow. */
export function xmlId(id: string): string {
  return /^\d/.test(id) ? `_${id}` : id;
}
