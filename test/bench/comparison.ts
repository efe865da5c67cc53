import { digits, inTurn, median, printTable, ratioOf, verdict } from './figures.js';
import type { Load, LoadFigures } from './load.js';
import { LoadProcess } from './load.js';

/** Goes through its requests from run to run, so that no run repeats what the one before has done. */
export class Client {
  #next = 0;

  constructor(
    private readonly load: LoadProcess,
    private readonly port: number,
    private readonly requests: readonly Uint8Array[],
  ) {}

  async run(options: Pick<Load, 'connections' | 'seconds'>): Promise<LoadFigures> {
    const figures = await this.load.run({
      ...options,
      port: this.port,
      requests: this.requests,
      first: this.#next,
    });
    this.#next += figures.answers;
    return figures;
  }
}

/** One line of a table: what was measured of Annals and of that which it is compared with. */
export interface Comparison {
  readonly name: string;
  readonly subject: readonly LoadFigures[];
  readonly baseline: readonly LoadFigures[];
  /** The ratio that is wanted at least, if any is. */
  readonly goal: number | undefined;
}

export interface Trial {
  readonly baseline: Client;
  /** What Annals is asked, in one way or several, each under a name for its line. */
  readonly subjects: Readonly<Record<string, Client>>;
  readonly connections: number;
  readonly goal?: number;
  readonly rounds: number;
  /** How long each runs in a round. */
  readonly seconds: { readonly subject: number; readonly baseline: number };
}

/** Runs all in turn, after a run of each that does not count. */
export async function compare(trial: Trial): Promise<Comparison[]> {
  const { baseline, subjects, connections, rounds, seconds, goal } = trial;
  const runs: Record<string, () => Promise<LoadFigures>> = {
    baseline: () => baseline.run({ connections, seconds: seconds.baseline }),
  };
  await baseline.run({ connections, seconds: Math.min(1, seconds.baseline) });
  for (const [name, client] of Object.entries(subjects)) {
    runs[name] = () => client.run({ connections, seconds: seconds.subject });
    await client.run({ connections, seconds: Math.min(1, seconds.subject) });
  }
  const figures = await inTurn(rounds, runs);
  return Object.keys(subjects).map((name) => ({
    name,
    subject: figures[name] ?? [],
    baseline: figures['baseline'] ?? [],
    goal,
  }));
}

const mostBusy = 0.9;

export function printComparisons(title: string, baseline: string, comparisons: readonly Comparison[]): void {
  const columns = [
    '',
    `${baseline} /s`,
    'Annals /s',
    'p50 ms',
    'p99 ms',
    'ratio',
    'lowest',
    'highest',
    'goal',
    '',
  ];
  printTable(title, columns, comparisons.map(row));
  for (const { name, subject } of comparisons) {
    const busy = median(subject.map((figures) => figures.busy));
    if (busy > mostBusy)
      console.log(`${name}: the load was busy for ${digits(busy * 100)} % of the time, Annals can do more`);
  }
}

function row({ name, subject, baseline, goal }: Comparison): string[] {
  const ratio = ratioOf(perSecond(subject), perSecond(baseline));
  const latencies = [middle(subject, 'p50'), middle(subject, 'p99')];
  const ratios = [ratio.median, ratio.lowest, ratio.highest].map(digits);
  const goals = goal === undefined ? ['none', ''] : [`≥ ${digits(goal)}`, verdict(ratio.median, goal)];
  return [
    name,
    middle(baseline, 'perSecond'),
    middle(subject, 'perSecond'),
    ...latencies,
    ...ratios,
    ...goals,
  ];
}

function middle(figures: readonly LoadFigures[], key: keyof LoadFigures): string {
  return digits(median(figures.map((each) => each[key])));
}

function perSecond(figures: readonly LoadFigures[]): number[] {
  return figures.map((each) => each.perSecond);
}
