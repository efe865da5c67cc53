/** A UUID that always comes of the same hash, of which the first 32 hexadecimal digits count: version 8 of RFC 9562. */
export function uuidOfHash(hex: string): string {
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0b11) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
