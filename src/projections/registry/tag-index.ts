import type { DatabaseSync } from 'node:sqlite';

/** Where searches find tags: one row for each tag of each owner. */
export interface TagIndex {
  /** With the columns `owner`, `key` and `value`; an owner's tags lie together. */
  readonly table: string;
  readonly byValue: string;
  /** The table whose rows own the tags and hold them as JSON, in the column `tags`. */
  readonly owners: string;
}

export const modelTags: TagIndex = {
  table: 'registry_model_tags',
  byValue: 'registry_model_tags_by_value',
  owners: 'registry_models',
};

export const versionTags: TagIndex = {
  table: 'registry_version_tags',
  byValue: 'registry_version_tags_by_value',
  owners: 'registry_version_details',
};

/**
 * The tags are kept as JSON, which is what most reads want; these tables are an index on it. As with any other index,
 * SQLite keeps them up to date once they are there, by triggers.
 */
export function createTagIndexes(db: DatabaseSync): void {
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  for (const index of [modelTags, versionTags]) {
    if (exists.get(index.table) === undefined) db.exec(definition(index));
  }
}

function definition({ table, byValue, owners }: TagIndex): string {
  const keyAndValue = `tag.value ->> 'key', tag.value ->> 'value'`;
  return `
    CREATE TABLE ${table} (
      owner INTEGER NOT NULL,
      key   TEXT    NOT NULL,
      value TEXT    NOT NULL,
      PRIMARY KEY (owner, key)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO ${table}
    SELECT owner.id, ${keyAndValue} FROM ${owners} AS owner CROSS JOIN json_each(owner.tags) AS tag;

    CREATE INDEX ${byValue} ON ${table} (key, value);

    CREATE TRIGGER ${table}_added AFTER INSERT ON ${owners} WHEN new.tags <> '[]' BEGIN
      INSERT INTO ${table} SELECT new.id, ${keyAndValue} FROM json_each(new.tags) AS tag;
    END;

    CREATE TRIGGER ${table}_changed AFTER UPDATE OF tags ON ${owners} BEGIN
      DELETE FROM ${table}
      WHERE owner = new.id AND (key, value) NOT IN (SELECT ${keyAndValue} FROM json_each(new.tags) AS tag);
      INSERT OR IGNORE INTO ${table} SELECT new.id, ${keyAndValue} FROM json_each(new.tags) AS tag;
    END;

    CREATE TRIGGER ${table}_removed AFTER DELETE ON ${owners} BEGIN
      DELETE FROM ${table} WHERE owner = old.id;
    END;
  `;
}
