import { xmlText } from '../xml.ts';

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const W_NAMESPACE =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The links from one part of a document to others, and to the web; equal targets share one. */
export class Relationships {
  readonly #rows: string[] = [];
  readonly #ids = new Map<string, string>();

  /** The id of a link to another part, such as `styles`. */
  part(type: string, target: string): string {
    return this.#add(`${OFFICE}/${type}`, target, '');
  }

  /** The id of a link to the web. */
  web(address: string): string {
    return this.#add(`${OFFICE}/hyperlink`, address, ' TargetMode="External"');
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  xml(): string {
    return `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${this.#rows.join('')}</Relationships>`;
  }

  #add(type: string, target: string, mode: string): string {
    const known = this.#ids.get(`${type} ${target}`);
    if (known !== undefined) return known;
    const id = `rId${this.#ids.size + 1}`;
    this.#ids.set(`${type} ${target}`, id);
    this.#rows.push(`<Relationship Id="${id}" Type="${type}" Target="${xmlText(target)}"${mode}/>`);
    return id;
  }
}
