import { readXml } from '../xml/readXml.ts';
import type { XmlElement } from '../xml/xmlElement.ts';
import { resolveBookLink } from './bookPath.ts';
import { attribute, childrenNamed, descendants, labelOf, localName, tokens } from './bookXml.ts';

/** An entry of a table of contents; without a target it is a heading of what is below it. */
export type NavigationEntry = {
  label: string;
  path: string | null;
  fragment: string | null;
  children: NavigationEntry[];
};

export type BookNavigation = {
  contents: NavigationEntry[];
  /** Pages of the printed edition. */
  pages: NavigationEntry[];
  landmarks: NavigationEntry[];
};

/** The lists of an EPUB 3 navigation document (EPUB 3.3 §7). Refuses what `readXml` refuses. */
export function readNavigation(text: string, path: string): BookNavigation {
  const navigation: BookNavigation = { contents: [], pages: [], landmarks: [] };
  for (const element of descendants(readXml(text))) {
    if (localName(element) !== 'nav') continue;
    const types = tokens(attribute(element, 'type'));
    const list = childrenNamed(element, 'ol')[0];
    if (list === undefined) continue;
    if (types.includes('toc') && navigation.contents.length === 0)
      navigation.contents = listOf(list, path);
    else if (types.includes('page-list') && navigation.pages.length === 0)
      navigation.pages = listOf(list, path);
    else if (types.includes('landmarks') && navigation.landmarks.length === 0)
      navigation.landmarks = listOf(list, path);
  }
  return navigation;
}

/** The lists of an EPUB 2 NCX. Refuses what `readXml` refuses. */
export function readNcx(text: string, path: string): BookNavigation {
  const root = readXml(text);
  const point = (element: XmlElement): NavigationEntry => {
    const label = childrenNamed(element, 'navLabel')[0];
    return {
      ...target(attribute(childrenNamed(element, 'content')[0], 'src'), path),
      label: label === undefined ? '' : labelOf(label),
      children: childrenNamed(element, 'navPoint').map(point),
    };
  };
  return {
    contents: childrenNamed(childrenNamed(root, 'navMap')[0], 'navPoint').map(point),
    pages: childrenNamed(childrenNamed(root, 'pageList')[0], 'pageTarget').map(point),
    landmarks: [],
  };
}

function listOf(list: XmlElement, path: string): NavigationEntry[] {
  return childrenNamed(list, 'li').map((item) => {
    const link = childrenNamed(item, 'a')[0];
    const heading = link ?? childrenNamed(item, 'span')[0];
    const below = childrenNamed(item, 'ol')[0];
    const label = heading === undefined ? '' : labelOf(heading);
    return {
      ...target(attribute(link, 'href'), path),
      label: label || (attribute(heading, 'title') ?? ''),
      children: below === undefined ? [] : listOf(below, path),
    };
  });
}

function target(
  href: string | undefined,
  from: string,
): { path: string | null; fragment: string | null } {
  const place = href === undefined ? null : resolveBookLink(href, from);
  return place ?? { path: null, fragment: null };
}
