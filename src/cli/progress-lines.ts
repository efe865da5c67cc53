import type { CopyProgress } from '../application/copying/copy-log.js';

const betweenLines = 1_000;

const words = {
  comparing: 'Comparing with what the target has already',
  copying: 'Copying',
  verifying: 'Reading both logs to make sure',
} as const;

/** Says how a copy goes on: at once when a stage begins, and then once a second. */
export class ProgressLines {
  #stage: CopyProgress['stage'] | undefined;
  #due = 0;

  constructor(private readonly say: (message: string) => void) {}

  report({ stage, events, position, head }: CopyProgress): void {
    const now = performance.now();
    if (stage === this.#stage && now < this.#due) return;
    this.#stage = stage;
    this.#due = now + betweenLines;
    const percent = Math.min(100, Math.floor((100 * position) / Math.max(1, head)));
    this.say(`${words[stage]}: ${events} ${events === 1 ? 'event' : 'events'}, ${percent} %`);
  }
}
