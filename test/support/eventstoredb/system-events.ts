import type { EventLog } from './event-log.js';
import { json } from './event-log.js';

const statistics = '$stats-127.0.0.1:2113';

/** The events that a server writes about itself, between those of its clients. */
export class SystemEvents {
  #appends = 0;

  constructor(private readonly log: EventLog) {
    log.onAppended(() => this.#appended());
  }

  /** What a server writes when it starts, the first time or again. */
  start(): void {
    if (this.log.lastRevision('$users') < 0n) {
      this.log.append(`$$${statistics}`, 'any', [json('$metadata', '{"$maxAge":86400}')]);
      this.log.append('$user-admin', 'any', [json('$UserCreated', '{"loginName":"admin"}')]);
      this.log.append('$users', 'any', [json('$User', '{}')]);
    }
    this.write(1);
  }

  write(count: number): void {
    for (let written = 0; written < count; written += 1) {
      this.log.append(statistics, 'any', [json('$statsCollected', '{}')]);
    }
  }

  #appended(): void {
    this.#appends += 1;
    if (this.#appends % 8 === 0) this.write(1);
  }
}
