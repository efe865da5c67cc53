/** Any text as text of a table or in the middle of a line, whatever it holds: it is one line and nothing is markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#|~&]/g, '\\$&').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A value of any kind, plainly. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  return plain(typeof value === 'string' ? value : JSON.stringify(value)) || '–';
}
