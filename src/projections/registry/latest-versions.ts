import type { DatabaseSync } from 'node:sqlite';
import type { ModelVersionView } from '../../application/queries/views.js';
import { stages } from '../../domain/registered-model/stage.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';
import { versionView } from './version-view.sql.js';

/** Reads the newest live version of each stage, of many models at once. */
export class LatestVersions {
  readonly #query: Query;

  /** @param columns what to read of a version: with or without its aliases */
  constructor(db: DatabaseSync, columns: string) {
    this.#query = new Query(
      db,
      `SELECT v.model, ${columns}
       FROM json_each(?) AS model
       CROSS JOIN json_each(?) AS stage
       CROSS JOIN registry_versions AS v ON v.id = (
         SELECT id FROM registry_versions INDEXED BY registry_versions_by_stage
         WHERE model = model.value AND stage = stage.value ORDER BY version DESC LIMIT 1)
       CROSS JOIN registry_version_details AS d ON d.id = v.id`,
    );
  }

  /** By the models' ids; each by rising version. Models without such a version are left out. */
  of(models: readonly number[], wanted: readonly Stage[]): ReadonlyMap<number, readonly ModelVersionView[]> {
    const places = [...new Set(wanted)].map((stage) => stages.indexOf(stage));
    const latest = new Map<number, ModelVersionView[]>();
    for (const row of this.#query.all(JSON.stringify(models), JSON.stringify(places))) add(latest, row);
    for (const versions of latest.values()) versions.sort((a, b) => a.version - b.version);
    return latest;
  }
}

function add(latest: Map<number, ModelVersionView[]>, [model, ...columns]: Row): void {
  const versions = latest.get(Number(model));
  if (versions === undefined) latest.set(Number(model), [versionView(columns)]);
  else versions.push(versionView(columns));
}
