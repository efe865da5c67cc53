/** The parts of a URI that the registry looks at. */
export interface UriParts {
  /** In lower case; empty when there is none. */
  readonly scheme: string;
  readonly authority: string;
  /** Without query and fragment, as it was written. */
  readonly path: string;
}

/** Splits a URI as RFC 3986 (appendix B) does; never fails. */
export function splitUri(uri: string): UriParts {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0] ?? '';
  let rest = scheme === '' ? uri : uri.slice(scheme.length + 1);
  let authority = '';
  if (rest.startsWith('//')) {
    authority = /^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '';
    rest = rest.slice(2 + authority.length);
  }
  return { scheme: scheme.toLowerCase(), authority, path: /^[^?#]*/.exec(rest)?.[0] ?? '' };
}
