import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as a receiver of CloudEvents in structured mode gets it. */
export interface Arrival {
  /** `webhook-id`. */
  readonly id: string;
  readonly attempt: number;
  readonly redelivery: boolean;
  readonly sequence: string;
  /** Id of the model. */
  readonly partition: string;
  readonly body: Record<string, unknown>;
  /** With which status it was answered. */
  readonly status: number;
}

/** An endpoint that notes what it gets, in the order of its coming. */
export class WebhookReceiver {
  readonly arrivals: Arrival[] = [];
  /** 204 unless a test says otherwise. */
  answer: (arrival: Omit<Arrival, 'status'>) => number = () => 204;
  readonly #server = createServer((request, response) => void this.#receive(request, response));

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A sender that is killed in the middle of a request has not sent one.
    const read = await text(request).catch(() => undefined);
    if (read === undefined) return;
    const body = JSON.parse(read) as Record<string, unknown>;
    const arrival = {
      id: String(request.headers['webhook-id']),
      attempt: Number(request.headers['annals-attempt']),
      redelivery: request.headers['annals-redelivery'] === 'true',
      sequence: String(body['sequence']),
      partition: String(body['partitionkey']),
      body,
    };
    const status = this.answer(arrival);
    this.arrivals.push({ ...arrival, status });
    response.writeHead(status).end();
  }
}

/** What is wrong with the order in which a receiver got what it was told, in words; nothing if all is well. */
export function disorderIn(arrivals: readonly Arrival[]): readonly string[] {
  const last = new Map<string, string>();
  return arrivals.flatMap(({ partition, sequence }) => {
    const before = last.get(partition) ?? '';
    last.set(partition, sequence);
    return sequence < before ? [`${sequence} of ${partition} came after ${before}`] : [];
  });
}

/** The notices that came under more than one id, or ids under which more than one notice came. */
export function mixedUpIn(arrivals: readonly Arrival[]): readonly string[] {
  const ids = new Map<string, string>();
  const sequences = new Map<string, string>();
  return arrivals.flatMap(({ id, sequence }) => {
    const isMixedUp = (ids.get(sequence) ?? id) !== id || (sequences.get(id) ?? sequence) !== sequence;
    ids.set(sequence, id);
    sequences.set(id, sequence);
    return isMixedUp ? [`${sequence} as ${id}`] : [];
  });
}
