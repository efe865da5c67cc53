import http from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Endpoint } from './endpoint-url.js';

/** One request, and the agent that makes or keeps its connection. */
export interface Post {
  readonly endpoint: Endpoint;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Sends a request and resolves with the answer when its head is there. A redirect is an answer like any other.
 *
 * A kept connection may turn out to have been closed by the other side just then. The request is sent once more in that
 * case, which RFC 9112 (section 9.3.1) allows since the receiver can tell the repetition by its id.
 *
 * @throws what kept the answer from coming; the signal's reason when that is aborted, before the answer or within it
 */
export async function post(request: Post, signal: AbortSignal): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const sent = open(request);
  try {
    return await answerTo(sent, request.body, signal);
  } catch (error) {
    if (signal.aborted || !sent.reusedSocket || !wasClosed(error)) throw error;
    return post(request, signal);
  }
}

function open({ endpoint, agent, headers }: Post): ClientRequest {
  const { protocol, host, port, path, credentials } = endpoint;
  const options = { protocol, host, port, path, agent, headers, method: 'POST', auth: credentials };
  return protocol === 'https:' ? https.request(options) : http.request(options);
}

function answerTo(sent: ClientRequest, body: Buffer, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => sent.destroy(signal.reason as Error), { once: true });
    sent.once('response', resolve);
    sent.on('error', reject);
    sent.once('close', () => reject(new Error('The connection was closed without an answer')));
    sent.end(body);
  });
}

function wasClosed(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
