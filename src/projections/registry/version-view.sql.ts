import type { DatabaseSync } from 'node:sqlite';
import type { VersionStatus } from '../../domain/registered-model/events.js';
import { stages } from '../../domain/registered-model/stage.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import type { ModelVersionView } from '../../application/queries/views.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';
import { readTags } from './tag-list.js';
import type { ViewCache } from './view-cache.js';

/** What a view of a version is made of, from `v` (registry_versions) and `d` (registry_version_details). */
export const versionColumns = `
  v.name, v.version, v.created_at, v.updated_at, v.stage,
  d.description, d.source, d.run_id, d.run_link, d.status, d.status_message, d.tags`;

/** The same with the aliases that point to the version. */
export const versionColumnsWithAliases = `${versionColumns}, (
  SELECT json_group_array(a.alias ORDER BY a.alias)
  FROM registry_aliases AS a INDEXED BY registry_aliases_by_version
  WHERE a.model = v.model AND a.version = v.version)`;

type VersionColumns = readonly [
  name: string,
  version: number,
  createdAt: number,
  updatedAt: number,
  stage: number,
  description: string | null,
  source: string,
  runId: string,
  runLink: string,
  status: VersionStatus,
  statusMessage: string | null,
  tags: string,
  aliases?: string,
];

const noAliases: readonly string[] = [];

/** Makes views of versions, without their aliases, as searches show them. */
export class VersionViews {
  readonly #rows: Query;

  constructor(
    db: DatabaseSync,
    private readonly cache: ViewCache,
  ) {
    this.#rows = new Query(
      db,
      `SELECT v.id, m.stream, ${versionColumns}
       FROM json_each(?) AS wanted
       CROSS JOIN registry_versions AS v ON v.id = wanted.value
       CROSS JOIN registry_version_details AS d ON d.id = v.id
       CROSS JOIN registry_models AS m ON m.id = v.model`,
    );
  }

  /** @param ids of rows of registry_versions, all of which must be there; the views come in the same order */
  of(ids: readonly number[]): readonly ModelVersionView[] {
    const missing = ids.filter((id) => this.cache.versionRow(id) === undefined);
    const read = new Map(missing.length === 0 ? [] : this.#read(missing));
    return ids.map((id) => (this.cache.versionRow(id) ?? read.get(id)) as ModelVersionView);
  }

  #read(ids: readonly number[]): (readonly [number, ModelVersionView])[] {
    return this.#rows.all(JSON.stringify(ids)).map(([id, stream, ...columns]) => {
      const view = versionView(columns);
      this.cache.keepVersionRow({ stream: String(stream), name: view.name }, Number(id), view);
      return [Number(id), view];
    });
  }
}

export function versionView(row: Row): ModelVersionView {
  const columns = row as unknown as VersionColumns;
  return {
    name: columns[0],
    version: columns[1],
    createdAt: columns[2],
    updatedAt: columns[3],
    stage: stages[columns[4]] as Stage,
    description: columns[5],
    source: columns[6],
    runId: columns[7],
    runLink: columns[8],
    status: columns[9],
    statusMessage: columns[10],
    tags: readTags(columns[11]),
    aliases: readAliases(columns[12]),
  };
}

function readAliases(column: string | undefined): readonly string[] {
  return column === undefined || column === '[]' ? noAliases : (JSON.parse(column) as readonly string[]);
}
