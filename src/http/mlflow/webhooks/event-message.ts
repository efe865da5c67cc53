import { pythonJson } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { mlflowEvents } from '../../../domain/webhook/mlflow-events.js';
import type { MlflowEvent } from '../../../domain/webhook/mlflow-events.js';
import { Enumeration, pythonList } from '../enumeration.js';

/** MLflow's `WebhookEntity` and `WebhookAction`. */
const entities = new Enumeration([
  'REGISTERED_MODEL',
  'MODEL_VERSION',
  'MODEL_VERSION_TAG',
  'MODEL_VERSION_ALIAS',
  'PROMPT',
  'PROMPT_VERSION',
  'PROMPT_TAG',
  'PROMPT_VERSION_TAG',
  'PROMPT_ALIAS',
  'BUDGET_POLICY',
]);
const actions = new Enumeration(['CREATED', 'UPDATED', 'DELETED', 'SET', 'EXCEEDED']);

/** MLflow's message `WebhookEvent`. */
export function eventMessage(event: MlflowEvent): { entity: string; action: string } {
  const [entity = '', action = ''] = event.toUpperCase().split('.');
  return { entity, action };
}

/**
 * The events that a request names. Where MLflow answers with a failure of its own, or with the words of its database,
 * this has words for clients.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function readEvents(sent: readonly unknown[]): readonly MlflowEvent[] {
  const events = sent.map(readEvent);
  const repeated = events.find((event, index) => events.indexOf(event) !== index);
  if (repeated === undefined) return events;
  throw invalidParameter(`Webhook events must be different from each other: '${repeated}' is there twice.`);
}

/**
 * One event: names in upper case or numbers.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function readEvent(sent: unknown): MlflowEvent {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    throw invalidParameter(
      `Invalid webhook event ${pythonJson(sent)}. It has to have an entity and an action.`,
    );
  }
  const { entity, action } = sent as { readonly entity?: unknown; readonly action?: unknown };
  const ofEntity = valueOf(entities, 'entity', entity);
  const what = valueOf(actions, 'action', action);
  const event = mlflowEvents.find((known) => known === `${ofEntity}.${what}`);
  if (event !== undefined) return event;
  throw invalidParameter(
    `Invalid action '${what}' for entity '${ofEntity}'. Valid actions are: ${validActions(ofEntity)}`,
  );
}

function valueOf(values: Enumeration<string>, field: string, sent: unknown): string {
  const meant = values.meantBy(sent);
  if (meant !== undefined) return meant.toLowerCase();
  const wrong = sent === undefined ? `No ${field}` : `Invalid ${field} ${pythonJson(sent)}`;
  throw invalidParameter(`${wrong} of a webhook event. Valid ones are: ${values.list}`);
}

function validActions(entity: string): string {
  const pairs = mlflowEvents.map((event) => event.split('.'));
  return pythonList(pairs.flatMap(([of, action = '']) => (of === entity ? [action] : [])).toSorted());
}
