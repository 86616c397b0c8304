import { createHash } from 'node:crypto';
import { resolveBookLink } from '#core/reading/bookPath.ts';
import { attribute, descendants, localName } from '#core/reading/bookXml.ts';
import { readXml } from '#core/xml/readXml.ts';

const IDPF = 'http://www.idpf.org/2008/embedding';
const ADOBE = 'http://ns.adobe.com/pdf/enc#RC';

/** How each file that `META-INF/encryption.xml` names is locked (EPUB 3.3 §4.2.6.3.2). */
export function readEncryption(text: string): Map<string, string> {
  const locked = new Map<string, string>();
  for (const data of descendants(readXml(text))) {
    if (localName(data) !== 'EncryptedData') continue;
    let algorithm = '';
    let path: string | null = null;
    for (const part of descendants(data)) {
      if (localName(part) === 'EncryptionMethod') algorithm = attribute(part, 'Algorithm') ?? '';
      if (localName(part) === 'CipherReference')
        path = resolveBookLink(attribute(part, 'URI') ?? '', '')?.path ?? null;
    }
    if (path !== null && path !== '') locked.set(path, algorithm);
  }
  return locked;
}

/** Whether a lock is only the scrambling of a font’s beginning, which every reader may undo. */
export function isFontObfuscation(algorithm: string): boolean {
  return algorithm === IDPF || algorithm === ADOBE;
}

/** A font as it was before its beginning was scrambled with the identifier of the book (EPUB 3.3 §4.4). */
export function clearFont(bytes: Uint8Array, algorithm: string, identifier: string): Uint8Array {
  const isIdpf = algorithm === IDPF;
  const key = isIdpf
    ? createHash('sha1')
        .update(identifier.replace(/[ \t\r\n]/g, ''))
        .digest()
    : Buffer.from(identifier.replace(/^.*:/, '').replaceAll('-', ''), 'hex');
  const clear = Uint8Array.from(bytes);
  if (key.length === 0) return clear;
  const end = Math.min(clear.length, isIdpf ? 1_040 : 1_024);
  for (let index = 0; index < end; index++)
    clear[index] = (clear[index] ?? 0) ^ (key[index % key.length] ?? 0);
  return clear;
}
