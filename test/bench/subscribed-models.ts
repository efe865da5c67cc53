import { percentiles } from './latencies.js';
import type { Percentiles } from './latencies.js';

const models = 20;

/** Models with two versions, which are moved to Production in turn by a client that does nothing else. */
export class SubscribedModels {
  /** How many moves there were. */
  moves = 0;

  private constructor(private readonly registry: string) {}

  static async on(port: number): Promise<SubscribedModels> {
    const made = new SubscribedModels(`http://127.0.0.1:${port}/api/2.0/mlflow`);
    for (let index = 0; index < models; index += 1) {
      const name = modelName(index);
      await made.#write('registered-models/create', { name });
      await made.#write('model-versions/create', { name, source: 's3://models/1' });
      await made.#write('model-versions/create', { name, source: 's3://models/2' });
    }
    return made;
  }

  /** Moves one version to Production, archiving the other one. */
  async move(): Promise<Move> {
    const move = this.moves;
    this.moves += 1;
    const name = modelName(move % models);
    const turn = Math.floor(move / models);
    const version = 1 + (turn % 2);
    const target = { name, version: String(version), stage: 'Production', archive_existing_versions: true };
    const sent = performance.now();
    await this.#write('model-versions/transition-stage', target);
    return { model: name, version, round: 1 + Math.floor(turn / 2), sent, acknowledged: performance.now() };
  }

  async #write(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.registry}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}

export interface Move {
  readonly model: string;
  readonly version: number;
  /** How often this version was moved there by now. */
  readonly round: number;
  /** When it was sent and acknowledged, by `performance.now()`. */
  readonly sent: number;
  readonly acknowledged: number;
}

export function writeLatencies(moves: readonly Move[]): Percentiles {
  return percentiles(moves.map(({ sent, acknowledged }) => acknowledged - sent));
}

/** Does something so often a second, whether or not it was done before the next time, and waits for all. */
export async function atRate<Result>(
  perSecond: number,
  count: number,
  task: () => Promise<Result>,
): Promise<readonly Result[]> {
  const began = performance.now();
  const running: Promise<Result>[] = [];
  for (let done = 0; done < count; done += 1) {
    const due = began + (done * 1_000) / perSecond;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    running.push(task());
  }
  return Promise.all(running);
}

function modelName(index: number): string {
  return `model-${index}`;
}
