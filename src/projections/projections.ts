import type { Position } from '../application/ports/event-store.js';
import type { ReadModelProgress } from '../application/ports/read-model-progress.js';
import type { ReadModels, ReadModelStatus } from '../application/ports/read-models.js';
import type { ProjectionRunner } from './projection-runner.js';

/** All projections of this node, each in its own loop. */
export class Projections implements ReadModels, ReadModelProgress {
  constructor(private readonly runners: readonly ProjectionRunner[]) {}

  /** Resolves when all tables are there; the events follow. */
  async start(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }

  async reached(position: Position): Promise<boolean> {
    const reached = await Promise.all(this.runners.map((runner) => runner.reached(position)));
    return reached.every(Boolean);
  }

  status(): readonly ReadModelStatus[] {
    return this.runners.map(({ name, position, hasCaughtUp, failure, drops }) => {
      return { name, position, hasCaughtUp, failure, drops };
    });
  }
}
