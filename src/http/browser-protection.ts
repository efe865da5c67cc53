import type { FastifyInstance } from 'fastify';

/** Who may reach the service by way of somebody's browser; see {@link protectFromForeignPages}. */
export interface BrowserPolicy {
  /** Patterns of `Host` headers, with `*` for any text; undefined for this machine and private networks. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Patterns of `Origin` headers, besides pages of this machine. */
  readonly allowedOrigins: readonly string[];
}

/** This machine under all its names, and the private ranges of RFC 1918 and RFC 4193. */
const usualHosts = [
  ...['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].flatMap((host) => [host, `${host}:*`]),
  '192.168.*',
  '10.*',
  '[fc00:*',
  '[fd00:*',
  ...Array.from({ length: 16 }, (_, index) => `172.${16 + index}.*`),
];

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const openPaths = new Set(['/health', '/health/live', '/health/ready', '/version']);

/**
 * Keeps web pages of strangers from reaching the registry through the browser of somebody who can: a page whose name
 * was made to lead here (DNS rebinding), and a page elsewhere that sends a write. The rules and the words are those of
 * MLflow's server (registry contract, "non-JSON errors").
 */
export function protectFromForeignPages(server: FastifyInstance, policy: BrowserPolicy): void {
  const isAllowedHost = matcher(policy.allowedHosts ?? usualHosts);
  const isAllowedOrigin = matcher(policy.allowedOrigins);
  server.addHook('onRequest', ({ headers, method, url }, reply, done) => {
    if (!isAllowedHost(headers.host ?? '') && !openPaths.has(url.split('?', 1)[0] ?? '')) {
      return refuse('Invalid Host header - possible DNS rebinding attack detected');
    }
    const { origin } = headers;
    if (origin !== undefined && changing.has(method) && !isLocal(origin) && !isAllowedOrigin(origin)) {
      return refuse('Cross-origin request blocked');
    }
    return done();

    function refuse(reason: string): void {
      void reply.status(403).type('text/plain').send(reason);
    }
  });
}

function isLocal(origin: string): boolean {
  return URL.canParse(origin) && localNames.has(new URL(origin).hostname);
}

/** Whether a text is like one of the patterns. */
function matcher(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'su');
  });
  return (text) => expressions.some((expression) => expression.test(text));
}
