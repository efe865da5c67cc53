/**
 * A URL as it may be shown: three asterisks stand for user and password. Of what is no valid URL, everything up to the
 * last `@` is taken for them.
 */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]*)?.*@/is, '$1***@');
  const { username, password } = new URL(url);
  if (username === '' && password === '') return url;
  return url.replace(/^([^:]*:[/\\]*)[^/\\?#]*@/, '$1***@');
}
