/**
 * Decodes base64 as leniently as Python's `b64decode`: what is not of the alphabet is skipped, and what follows the
 * padding too. Undefined if the number of characters cannot be right.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (/[^\p{ASCII}]/u.test(text)) return undefined;
  let letters = '';
  for (const [, more = '', padding = ''] of text.replace(/[^\w+/=]|_/g, '').matchAll(/([^=]*)(=*)/g)) {
    letters += more;
    const rest = letters.length % 4;
    if (rest >= 2 && rest + padding.length >= 4) return Buffer.from(letters, 'base64');
  }
  return letters.length % 4 === 0 ? Buffer.from(letters, 'base64') : undefined;
}
