import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Percentiles } from './latencies.js';
import type { ContenderName } from './log-contenders.js';
import { profiling } from './profiling.js';

/** What a contender is to do. */
export type Task =
  | {
      readonly kind: 'append';
      readonly clients: number;
      /** The events of one append. */
      readonly events: number;
      /** Whether a client appends to one stream all the time, or begins a new one with each append. */
      readonly streams: 'own' | 'new';
      readonly seconds: number;
    }
  /** Writes so many events that a registry could have written, and answers the position before them. */
  | { readonly kind: 'fill'; readonly count: number }
  | { readonly kind: 'follow'; readonly after: number; readonly count: number };

export interface TaskFigures extends Percentiles {
  /** Appends or events. */
  readonly perSecond: number;
  /** Microseconds of the processor that the process of the contender used for each. */
  readonly processor: number;
  /** Where the log was when the task began. */
  readonly position: number;
}

/** What the process of a contender is given to begin with. */
export interface ContenderOptions {
  readonly name: ContenderName;
  readonly place: string;
  readonly streamPrefixes: readonly string[];
}

export type TaskReport = { readonly figures: TaskFigures } | { readonly error: string };

/**
 * A way to write to a log and to follow it, in a process of its own: the client has state that all its instances in a
 * process share, and each is to be seen with its own use of the processor.
 */
export class LogContender {
  readonly #child: ChildProcess;

  constructor(options: ContenderOptions) {
    const script = fileURLToPath(new URL('log-contender-process.js', import.meta.url));
    this.#child = fork(script, [JSON.stringify(options)], {
      execArgv: [...process.execArgv, ...profiling()],
    });
  }

  run(task: Task): Promise<TaskFigures> {
    return new Promise((resolve, reject) => {
      const report = (message: TaskReport) => {
        this.#child.off('exit', gone);
        if ('error' in message) reject(new Error(message.error));
        else resolve(message.figures);
      };
      const gone = () => reject(new Error('The process of a contender has ended'));
      this.#child.once('message', report);
      this.#child.once('exit', gone);
      this.#child.send(task);
    });
  }

  async stop(): Promise<void> {
    if (!this.#child.connected) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
