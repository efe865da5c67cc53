import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';

/** Tells requests that wait for something that the server is about to stop: it waits for the last answer. */
@Injectable()
export class Stopping implements OnModuleDestroy {
  readonly #stopping = new AbortController();

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  onModuleDestroy(): void {
    this.#stopping.abort();
  }
}
