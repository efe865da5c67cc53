import { JsonText } from '../json-text.js';
import type { ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';

/**
 * MLflow's messages as JSON (registry contract, "messages"): lists without elements and fields that were never set are
 * left out, numbers of a version are texts, times are numbers.
 */

export function modelVersionMessage(view: ModelVersionView) {
  return {
    name: view.name,
    version: String(view.version),
    creation_timestamp: view.createdAt,
    last_updated_timestamp: view.updatedAt,
    current_stage: view.stage,
    ...(view.description === null ? {} : { description: view.description }),
    source: view.source,
    run_id: view.runId,
    status: view.status,
    ...(view.statusMessage === null ? {} : { status_message: view.statusMessage }),
    ...listed('tags', view.tags),
    run_link: view.runLink,
    ...listed('aliases', view.aliases),
  };
}

export function registeredModelMessage(view: RegisteredModelView) {
  return {
    name: view.name,
    creation_timestamp: view.createdAt,
    last_updated_timestamp: view.updatedAt,
    ...(view.description === '' ? {} : { description: view.description }),
    ...listed('latest_versions', view.latestVersions.map(modelVersionMessage)),
    ...listed('tags', view.tags),
    ...listed(
      'aliases',
      view.aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
    ),
  };
}

/** The JSON of a version's message. */
export const modelVersionJson = remembered(modelVersionMessage);

/** The JSON of a model's message. */
export const registeredModelJson = remembered(registeredModelMessage);

/** Views never change, and one that is read again is often the same object: then its JSON is still there. */
function remembered<View extends object>(message: (view: View) => object): (view: View) => string {
  const known = new WeakMap<View, string>();
  return (view) => {
    let text = known.get(view);
    if (text === undefined) {
      text = JSON.stringify(message(view));
      known.set(view, text);
    }
    return text;
  };
}

/** A page of messages that are JSON already, with what else is said of it. */
export function listAnswer(name: string, messages: readonly string[], more: object): JsonText {
  const rest = JSON.stringify(more);
  if (messages.length === 0) return new JsonText(rest);
  const list = `"${name}":[${messages.join(',')}]`;
  return new JsonText(rest === '{}' ? `{${list}}` : `{${list},${rest.slice(1)}`);
}

/** A repeated field, left out when it has no elements. */
export function listed<Name extends string, Element>(
  name: Name,
  elements: readonly Element[],
): Partial<Record<Name, readonly Element[]>> {
  return elements.length === 0 ? {} : ({ [name]: elements } as Record<Name, readonly Element[]>);
}
