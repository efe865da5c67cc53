import type { Position } from '../application/ports/event-store.js';
import type { ReadModelProgress } from '../application/ports/read-model-progress.js';
import type { ReadModels, ReadModelStatus } from '../application/ports/read-models.js';
import type { ProjectionRunner } from './projection-runner.js';

/**
 * All projections of this node, each in its own loop. The service cannot do without some, and commands wait for these
 * alone; the others begin when these have caught up, so that they do not keep the service from being ready.
 */
export class Projections implements ReadModels, ReadModelProgress {
  #following: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly required: readonly ProjectionRunner[],
    private readonly others: readonly ProjectionRunner[] = [],
  ) {}

  /** Resolves when all tables are there that the service cannot do without; the events follow. */
  async start(): Promise<void> {
    await all(this.required, (runner) => runner.start());
    this.#following = this.#startOthers();
  }

  async #startOthers(): Promise<void> {
    await all(this.required, (runner) => runner.caughtUp);
    for (const runner of this.others) runner.startWhenPossible();
  }

  async stop(): Promise<void> {
    await all([...this.required, ...this.others], (runner) => runner.stop());
    await this.#following;
  }

  async reached(position: Position): Promise<boolean> {
    const reached = await all(this.required, (runner) => runner.reached(position));
    return reached.every(Boolean);
  }

  status(): readonly ReadModelStatus[] {
    return [
      ...this.required.map((runner) => statusOf(runner, true)),
      ...this.others.map((runner) => statusOf(runner, false)),
    ];
  }
}

function all<Result>(
  runners: readonly ProjectionRunner[],
  ask: (runner: ProjectionRunner) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(runners.map(ask));
}

function statusOf(runner: ProjectionRunner, required: boolean): ReadModelStatus {
  const { name, position, hasCaughtUp, failure, drops } = runner;
  return { name, required, position, hasCaughtUp, failure, drops };
}
