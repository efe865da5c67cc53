import type { ModelVersion } from './model-version.js';
import type { Occupants } from './occupants.js';
import type { Versions } from './versions.js';

/** What a model is made of while it lives, and what stays of it after its deletion. */
export interface ModelContents {
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: ReadonlyMap<string, string>;
  /** Alias → version number; only live versions have any. */
  readonly aliases: ReadonlyMap<string, number>;
  readonly versions: Versions;
  readonly occupants: Occupants;
}

/**
 * The state of a registered model's stream.
 *
 * `closedClaims` are the name claims that this model has used or that were forfeited: it can take no name under them
 * any more (ADR 0003). They are known even of a model that was never registered.
 */
export type RegisteredModel = { readonly closedClaims: ReadonlySet<string> } & (
  { readonly status: 'unregistered' } | ({ readonly status: 'live' | 'deleted' } & ModelContents)
);

export const unregistered: RegisteredModel = { status: 'unregistered', closedClaims: new Set() };

/** The live model, if there is one and this is its name. */
export function liveModelNamed(model: RegisteredModel, name: string): ModelContents | undefined {
  return model.status === 'live' && model.name === name ? model : undefined;
}

/** The version with this number, unless it was deleted or never made. */
export function liveVersion(model: ModelContents, number: number): ModelVersion | undefined {
  const version = model.versions.get(number);
  return version === undefined || version.deleted ? undefined : version;
}

/** Aliases of one version, in byte order. */
export function aliasesOf(model: ModelContents, number: number): string[] {
  const aliases = [...model.aliases].filter(([, version]) => version === number);
  return aliases.map(([alias]) => alias).sort();
}
