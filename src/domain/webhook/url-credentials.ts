const nowhere = { host: '', username: '', password: '' };

/**
 * A URL as it may be shown: three asterisks stand for user and password. Of what names no host, everything up to the
 * last `@` is taken for them.
 */
export function withoutCredentials(url: string): string {
  const { host, username, password } = URL.canParse(url) ? new URL(url) : nowhere;
  if (host === '') return url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]+)?.*@/is, '$1***@');
  if (username === '' && password === '') return url;
  return url.replace(/^([^:]*:[/\\]*)[^/\\?#]*@/, '$1***@');
}
