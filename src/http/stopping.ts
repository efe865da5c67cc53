import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Tells requests that wait for something that the server is about to stop: it waits for the last answer. */
@Injectable()
export class Stopping implements OnModuleDestroy {
  readonly #stopping = new AbortController();

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Aborted when the server is to stop, or when the client that waits for this answer has gone away. */
  orGone({ raw }: Pick<FastifyReply, 'raw'>): AbortSignal {
    const gone = new AbortController();
    raw.once('close', () => gone.abort());
    return AbortSignal.any([gone.signal, this.signal]);
  }

  onModuleDestroy(): void {
    this.#stopping.abort();
  }
}
