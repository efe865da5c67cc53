import { apiBase, apiPath } from '../api-path.js';
import { problems, slugOf } from './catalogue.js';
import type { Problem } from './problem.js';

export const problemType = 'application/problem+json; charset=utf-8';

/** The document of a problem (RFC 9457), for a request to `url`. */
export function problemDocument({ code, message, members }: Problem, url: string, requestId: string) {
  const { status, title } = problems[code];
  return {
    type: `${apiBase(url) ?? `/${apiPath}`}/problems/${slugOf(code)}`,
    title,
    status,
    detail: message,
    instance: url,
    code,
    requestId,
    ...members,
  };
}
