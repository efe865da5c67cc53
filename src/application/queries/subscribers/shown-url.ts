/** What stands in place of a user and a password. */
const masked = '***';

/** The URL of a webhook as it may be shown to whoever may ask: without the user and the password in it. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.username === '' && parsed.password === '')) return url;
  parsed.username = masked;
  parsed.password = '';
  return parsed.href;
}
