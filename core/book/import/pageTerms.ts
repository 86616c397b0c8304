import type { XmlElement } from '../../xml/xmlElement.ts';

/** Words of `epub:type` on an element (EPUB Structural Semantics), in lower case. */
export function typesOf(element: XmlElement): string[] {
  return words(element.attributes.get('epub:type'));
}

/** Words of `role` on an element (DPUB-ARIA), in lower case. */
export function rolesOf(element: XmlElement): string[] {
  return words(element.attributes.get('role'));
}

/** Whether an element has a type, or the role that says the same. */
export function hasTerm(element: XmlElement, type: string, role: string): boolean {
  return typesOf(element).includes(type) || (role !== '' && rolesOf(element).includes(role));
}

function words(value: string | undefined): string[] {
  return value === undefined ? [] : value.toLowerCase().split(/\s+/).filter(Boolean);
}
