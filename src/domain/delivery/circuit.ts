import type { RetryRules } from './retry-schedule.js';

/**
 * Spares an endpoint that fails. Closed: it is sent to. Open until a time (milliseconds since the epoch): nothing is
 * sent. After that one request, the probe, tries whether it works again.
 */
export interface Circuit {
  /** In a row. Those that end while it is open, other than the probe, do not count: they began before. */
  readonly failures: number;
  /** Null while it is closed. */
  readonly openUntil: number | null;
}

export const closedCircuit: Circuit = { failures: 0, openUntil: null };

/** So many failures in a row open it. */
const patience = 5;

/** @param isProbe whether it was sent to see if the endpoint works again */
export function afterFailure(
  circuit: Circuit,
  isProbe: boolean,
  { cooldowns }: RetryRules,
  now: number,
): Circuit {
  if (circuit.openUntil !== null && !isProbe) return circuit;
  const failures = circuit.failures + 1;
  if (failures < patience) return { failures, openUntil: null };
  const cooldown = cooldowns[Math.min(failures - patience, cooldowns.length - 1)] ?? 0;
  return { failures, openUntil: now + cooldown };
}

/** What may be sent now: as much as there is, one request as a probe, or nothing. */
export function admitted({ openUntil }: Circuit, now: number): 'all' | 'probe' | 'nothing' {
  if (openUntil === null) return 'all';
  return now < openUntil ? 'nothing' : 'probe';
}
