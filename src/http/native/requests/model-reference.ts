import { modelName } from '../../../domain/registered-model/names.js';
import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { isText, isUuid } from './kind.js';
import type { Kind } from './kind.js';

const maxLength = 10_000;

/**
 * A model by its name, or by `id:` and its id, which is the only way to one that is deleted. No name has a colon, so
 * neither can be taken for the other.
 */
export function modelReference(): Kind<ModelReference> {
  return {
    schema: { type: 'string', minLength: 1, maxLength },
    valid: "the name of a model, or id: and a model's id",
    read: readModel,
  };
}

/** A model, or one version of it: no name has a slash, so the first one ends the name. */
export interface Subject {
  readonly model: ModelReference;
  readonly version?: number;
}

/** `fraud`, `fraud/7`, `id:…`, `id:…/7`. */
export function subject(): Kind<Subject> {
  return {
    schema: { type: 'string', minLength: 1, maxLength },
    valid: 'a model, or a model, a slash and the number of a version: fraud/7',
    read: (sent) => {
      if (typeof sent !== 'string') return undefined;
      const slash = sent.indexOf('/');
      if (slash < 0) {
        const model = readModel(sent);
        return model && { model };
      }
      const model = readModel(sent.slice(0, slash));
      const version = readVersion(sent.slice(slash + 1));
      return model && version !== undefined ? { model, version } : undefined;
    },
  };
}

/** The number of a version. */
export function versionNumber(): Kind<number> {
  return {
    schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    valid: 'the number of a version: 1 or more',
    read: readVersion,
  };
}

export function readModel(sent: unknown): ModelReference | undefined {
  if (!isText(sent) || sent.length > maxLength) return undefined;
  if (!sent.startsWith('id:')) return { name: modelName(sent) };
  const id = sent.slice(3);
  return isUuid(id) ? { id: id.toLowerCase() } : undefined;
}

export function readVersion(sent: unknown): number | undefined {
  if (typeof sent !== 'string' || !/^[1-9]\d{0,15}$/.test(sent)) return undefined;
  return Number.isSafeInteger(Number(sent)) ? Number(sent) : undefined;
}

/** A model as a client writes it. */
export function referenceText(model: ModelReference): string {
  return 'id' in model ? `id:${model.id}` : model.name;
}
