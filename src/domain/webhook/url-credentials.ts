/** Parsers of URLs take no notice of these, wherever they stand. */
const ignored = /[\t\n\r]/g;

const nowhere = { host: '', username: '', password: '' };

/**
 * A URL as it may be shown: three asterisks stand for user and password. Of what names no host, everything up to the
 * last `@` is taken for them.
 */
export function withoutCredentials(url: string): string {
  const { host, username, password } = URL.canParse(url) ? new URL(url) : nowhere;
  if (host === '') return url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]+)?.*@/is, '$1***@');
  if (username === '' && password === '') return url;
  return withCredentials(url, '***');
}

/** User and password of a URL, percent-encoded, with a colon between them; undefined when it has neither. */
export function credentialsOf(url: string): string | undefined {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return undefined;
  return password === '' ? username : `${username}:${password}`;
}

/**
 * The same URL with others in place of user and password. What parsers of URLs take no notice of is left out.
 *
 * @param url that has some
 * @param credentials as {@link credentialsOf} has them, or what stands for them
 */
export function withCredentials(url: string, credentials: string): string {
  const read = url.replace(ignored, '');
  return read.replace(/^([^:]*:[/\\]*)[^/\\?#]*@/, (_, scheme: string) => `${scheme}${credentials}@`);
}
