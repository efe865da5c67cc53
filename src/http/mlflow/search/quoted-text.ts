/**
 * Where the quoted text that starts at `start` ends, its closing quote included; undefined if nothing closes it.
 *
 * A doubled quote does not close, nor does one behind a backslash, unless nothing else would: `'a\'` is a text that
 * ends with a backslash, and `'a\' '` is one with a quote in it. In back-quotes a backslash means nothing.
 */
export function quotedEnd(text: string, start: number): number | undefined {
  const quote = text[start]!;
  let lastResort: number | undefined;
  let from = start + 1;
  for (;;) {
    const at = text.indexOf(quote, from);
    if (at === -1) return lastResort;
    const isEscaped = quote !== '`' && at > from && text[at - 1] === '\\';
    const isDoubled = text[at + 1] === quote;
    if (!isEscaped && !isDoubled) return at + 1;
    lastResort = at + 1;
    from = isEscaped ? at + 1 : at + 2;
  }
}

/** Whether a text starts and ends with this quote. */
export function isQuotedWith(quote: string, text: string): boolean {
  return text.length >= 2 && text.startsWith(quote) && text.endsWith(quote);
}

/** The text without its single or double quotes, if it has such. Nothing inside is unescaped. */
export function withoutQuotes(text: string): string {
  return isQuotedWith("'", text) || isQuotedWith('"', text) ? text.slice(1, -1) : text;
}

/** The text without its back-quotes, if it has such. */
export function withoutBackQuotes(text: string): string {
  return isQuotedWith('`', text) ? text.slice(1, -1) : text;
}
