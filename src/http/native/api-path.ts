/** Where the native API is, behind `ANNALS_STATIC_PREFIX` if there is one. */
export const apiPath = 'api/v1';

const nativeUrl = new RegExp(`^(?<base>(?:/[\\w.~-]+)*?/${apiPath})(?:[/?]|$)`);

/** The path before every route of the native API, as the client knows it: `/api/v1`. Undefined for other URLs. */
export function apiBase(url: string): string | undefined {
  return nativeUrl.exec(url)?.groups?.['base'];
}
