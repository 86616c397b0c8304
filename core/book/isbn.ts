/**
 * The 13 digits of an ISBN written as ISBN-10 or ISBN-13, with or without hyphens, spaces and `urn:isbn:`; null when it is
 * not one or its check digit is wrong (ISO 2108).
 */
export function isbn13(value: string): string | null {
  const digits = value.replace(/^urn:isbn:/i, '').replace(/[\s-]/g, '');
  if (/^97[89]\d{10}$/.test(digits)) {
    return checkDigit13(digits) === digits.slice(12) ? digits : null;
  }
  if (!/^\d{9}[\dXx]$/.test(digits)) return null;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (10 - index) * (/[Xx]/.test(digit) ? 10 : Number(digit)),
    0,
  );
  if (sum % 11 !== 0) return null;
  const body = `978${digits.slice(0, 9)}`;
  return body + checkDigit13(body);
}

/** Whether `value` is an ISBN with a right check digit. */
export function isIsbn(value: string): boolean {
  return isbn13(value) !== null;
}

function checkDigit13(digits: string): string {
  const sum = [...digits.slice(0, 12)].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}
