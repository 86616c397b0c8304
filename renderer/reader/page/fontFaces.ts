let faces: string | undefined;

/** The font faces of the interface as style for pages of books, which have no style sheet of the interface. */
export function fontFaces(): string {
  faces ??= [...document.styleSheets]
    .flatMap((sheet) =>
      rulesOf(sheet)
        .filter((rule) => rule instanceof CSSFontFaceRule)
        .map((rule) =>
          rule.cssText.replace(
            /url\("?([^")]+)"?\)/g,
            (_, address: string) =>
              `url("${new URL(address, sheet.href ?? document.baseURI).href}")`,
          ),
        ),
    )
    .join('\n');
  return faces;
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A sheet from elsewhere, of an extension for example, is not ours to read.
    return [];
  }
}
