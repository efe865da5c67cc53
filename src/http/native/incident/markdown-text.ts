/** Any text as text of a Markdown table or paragraph, whatever it holds: on one line, nothing of it is markup. */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()<>#|~!&]/g, '\\$&')
    .replace(/[\r\n\t\v\f\u2028\u2029]+/g, ' ')
    .replace(/^([+-]|\d+[.)])/, '\\$1');
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A value of any kind, plainly. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return plain(typeof value === 'string' ? value : JSON.stringify(value)) || '–';
}
