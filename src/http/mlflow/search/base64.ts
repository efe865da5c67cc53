/**
 * Decodes base64 as leniently as Python's `b64decode`: what is not of the alphabet is skipped, and what follows the
 * padding too.
 *
 * @returns undefined if the number of characters cannot be right.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const letters: string[] = [];
  let padding = 0;
  for (const character of text) {
    if (character === '=') {
      padding += 1;
      if (letters.length % 4 >= 2 && (letters.length % 4) + padding >= 4) break;
    } else if (/[A-Za-z0-9+/]/u.test(character)) {
      letters.push(character);
      padding = 0;
    } else if (character > '\u007f') {
      return undefined;
    }
  }
  const isComplete = letters.length % 4 === 0 || (letters.length % 4) + padding >= 4;
  return isComplete && letters.length % 4 !== 1 ? Buffer.from(letters.join(''), 'base64') : undefined;
}
