import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Percentiles } from './latencies.js';

/** Requests to send over some connections, one at a time on each, for a time or up to a number. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /**
   * Taken in this order by whichever connection is free, from `first` on and round again. Each that has a place for it
   * gets a number of its own, so that it never was asked before.
   */
  readonly requests: readonly Uint8Array[];
  readonly first: number;
  readonly seconds: number;
}

export interface LoadFigures extends Percentiles {
  readonly answers: number;
  readonly perSecond: number;
  /** How much of a processor the load took: near 1 it is the limit, and not the server. */
  readonly busy: number;
}

/** What the process of the load answers. */
export type LoadReport = { readonly figures: LoadFigures } | { readonly error: string };

/**
 * Puts load on a server, in a process of its own, so that it shares a thread with nothing.
 *
 * It is no library, because what is measured here are servers that answer in tens of microseconds, on machines with
 * few processors: sending a request has to cost far less than answering it, or the load is what gets measured. So the
 * requests are made beforehand, an answer is looked at for its status and its length and no further, and connections
 * read into one buffer. Any answer but a 200 fails the run.
 */
export class LoadProcess {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('load-process.js', import.meta.url)), {
    serialization: 'advanced',
  });

  /** @throws Error as soon as one answer is not a 200. */
  run(load: Load): Promise<LoadFigures> {
    return new Promise((resolve, reject) => {
      const report = (message: LoadReport) => {
        this.#child.off('exit', gone);
        if ('error' in message) reject(new Error(message.error));
        else resolve(message.figures);
      };
      const gone = () => reject(new Error('The process that puts the load has ended'));
      this.#child.once('message', report);
      this.#child.once('exit', gone);
      this.#child.send(load);
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}
