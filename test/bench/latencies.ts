/** Milliseconds in which half of the answers came, and all but one in a hundred. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

export function percentiles(latencies: readonly number[]): Percentiles {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
