import type { DatabaseSync } from 'node:sqlite';
import { consumerPrefix } from '../../application/history/consumer-codec.js';
import {
  decodeRegisteredModelEvent,
  registeredModelPrefix,
} from '../../application/history/registered-model-codec.js';
import { webhookPrefix } from '../../application/history/webhook-codec.js';
import { assertNever } from '../../domain/decider.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { ApplyEvent, Projection } from '../projection.js';
import { AliasRows } from './alias-rows.js';
import { IdempotentRequestRows } from './idempotent-request-rows.js';
import { ModelRows } from './model-rows.js';
import { createIndexes, createTables, dropTables } from './registry.schema.js';
import { VersionRows } from './version-rows.js';
import type { ViewCache } from './view-cache.js';

/**
 * The registry as it is now: the live models with their live versions, tags and aliases, which
 * {@link SqliteRegistryReader} reads, and the idempotent requests that were answered: those to subscribers, too, whose
 * streams are of no other interest here.
 *
 * @param views what readers remember of the tables
 */
export function registryProjection(views: ViewCache): Projection {
  return {
    name: 'registry',
    version: 3,
    filter: { streamPrefixes: [registeredModelPrefix, webhookPrefix, consumerPrefix] },
    create: createTables,
    index: createIndexes,
    drop: dropTables,
    open: (db) => openTables(db, views),
  };
}

function openTables(db: DatabaseSync, views: ViewCache): ApplyEvent {
  const rows = openRows(db);
  const requests = new IdempotentRequestRows(db);
  views.clear();
  return (event) => {
    if (event.stream.startsWith(registeredModelPrefix)) {
      views.forget(event.stream);
      apply(rows, event.stream, decodeRegisteredModelEvent(event));
    }
    requests.answered(event);
  };
}

interface Rows {
  readonly models: ModelRows;
  readonly versions: VersionRows;
  readonly aliases: AliasRows;
}

function openRows(db: DatabaseSync): Rows {
  return { models: new ModelRows(db), versions: new VersionRows(db), aliases: new AliasRows(db) };
}

function apply({ models, versions, aliases }: Rows, stream: string, event: RegisteredModelEvent): void {
  switch (event.type) {
    case 'ModelRegistered':
      return models.registered(stream, event);
    case 'ModelRenamed':
      return models.renamed(stream, event);
    case 'ModelDescribed':
      return models.described(stream, event);
    case 'ModelDeleted':
      return models.deleted(stream);
    case 'ModelRestored':
      return models.restored(stream);
    case 'VersionCreated':
      versions.created(stream, event);
      return models.touched(stream, event.at);
    case 'VersionDescribed':
      return versions.described(stream, event);
    case 'VersionStatusChanged':
      return versions.statusChanged(stream, event);
    case 'VersionDeleted':
      versions.deleted(stream, event);
      return models.touched(stream, event.at);
    case 'VersionRestored':
      versions.restored(stream, event);
      return models.touched(stream, event.at);
    case 'StageTransitioned':
      versions.moved(stream, event);
      return models.touched(stream, event.at);
    case 'TagSet': {
      const { version, ...tag } = event.data;
      return version === null ? models.tagSet(stream, tag) : versions.tagSet(stream, version, tag);
    }
    case 'TagDeleted': {
      const { version, key } = event.data;
      return version === null ? models.tagDeleted(stream, key) : versions.tagDeleted(stream, version, key);
    }
    case 'AliasSet':
      return aliases.set(stream, event);
    case 'AliasDeleted':
      return aliases.deleted(stream, event);
    case 'NameClaimForfeited':
    case 'NothingChanged':
      return undefined;
    default:
      return assertNever(event);
  }
}
