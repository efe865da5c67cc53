import { as } from './native-server.js';
import type { NativeServer } from './native-server.js';

/** Who does it, and in which words of MLflow's API. */
type Step = readonly [user: string, method: string, path: string, body: Record<string, unknown>];

const fraud = 'fraud détection 100%';

const transition = (version: string, stage: string, archive = true): Step => [
  'ana',
  'POST',
  'model-versions/transition-stage',
  { name: fraud, version, stage, archive_existing_versions: archive },
];

/** A model that gets a bad version, and what else happens around it. */
const steps: readonly Step[] = [
  ['ana', 'POST', 'registered-models/create', { name: fraud, description: 'Card fraud.' }],
  ['ana', 'POST', 'model-versions/create', { name: fraud, source: 's3://models/fraud/1', run_id: 'run-1' }],
  ['ben', 'POST', 'model-versions/set-tag', { name: fraud, version: '1', key: 'auc', value: '0.91' }],
  transition('1', 'Staging'),
  transition('1', 'Production'),
  ['ana', 'POST', 'registered-models/create', { name: 'iris' }],
  ['ana', 'POST', 'model-versions/create', { name: 'iris', source: 's3://models/iris/1' }],
  ['ben', 'POST', 'model-versions/create', { name: fraud, source: 's3://models/fraud/2', run_id: 'run-2' }],
  ['ben', 'POST', 'model-versions/set-tag', { name: fraud, version: '2', key: 'auc', value: '0.97' }],
  transition('2', 'Production'),
  ['ben', 'PATCH', 'model-versions/update', { name: fraud, version: '2', description: 'Leaky feature.' }],
];

export const incident = {
  model: fraud,
  path: encodeURIComponent(fraud),
  comment: 'v2 refuses good customers',
};

/**
 * Makes the history of an incident up to the moment at which it is noticed. Each step has a millisecond of its own, so
 * that its time tells it from the others.
 */
export async function untilNoticed(server: NativeServer): Promise<void> {
  for (const [user, method, path, body] of steps) {
    const answer = await server.mlflow(method, path, body, as(user));
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    await nextMillisecond();
  }
}

async function nextMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() <= before) await new Promise(setImmediate);
}
