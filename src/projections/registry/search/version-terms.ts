import type {
  NameCondition,
  NameListCondition,
  VersionCondition,
  VersionOrderKey,
} from '../../../application/queries/search-criteria.js';
import { assertNever } from '../../../domain/decider.js';
import { raw, sql } from '../../sql.js';
import type { Sql } from '../../sql.js';
import { versionTags } from '../tag-index.js';
import type { SearchTerm } from './page-queries.js';
import { nameCondition } from './name-condition.js';
import { tagTerm } from './tag-terms.js';
import { textCondition } from './text-conditions.js';
import type { TextCondition } from './text-conditions.js';

type VersionTerm = SearchTerm<VersionOrderKey>;
type NumberCondition = Extract<VersionCondition, { kind: 'version_number' }>;

/** The condition as a search of `registry_versions AS r` needs it. */
export function versionTerm(condition: VersionCondition): VersionTerm {
  switch (condition.kind) {
    case 'name':
    case 'name_in':
      return nameTerm(condition);
    case 'tag':
      return tagTerm(versionTags, condition);
    case 'run_id':
      return detailTerm(runId, textCondition(runId, condition.comparator, condition.value));
    case 'run_id_in': {
      const values = sql`(SELECT value FROM json_each(${JSON.stringify(condition.values)}))`;
      return detailTerm(runId, { sql: sql`${runId} IN ${values}`, reach: 'range' });
    }
    case 'source_path':
      return detailTerm(source, textCondition(source, condition.comparator, condition.value));
    case 'version_number':
      return numberTerm(condition);
    default:
      return assertNever(condition);
  }
}

/** Names have so few values, beside the versions, that looking through all of them is as good as an index. */
function nameTerm(condition: NameCondition | NameListCondition): VersionTerm {
  const { sql: holds, reach } = nameCondition(condition);
  const along = condition.kind === 'name' && reach === 'range' ? 'name' : undefined;
  const term: VersionTerm = { holds: () => holds, along, indexed: true };
  if (condition.kind === 'name' && condition.comparator === '!=') return term;
  const ids =
    reach === 'scan'
      ? sql`
          SELECT v.id FROM registry_models AS r INDEXED BY registry_models_by_name
          CROSS JOIN registry_versions AS v INDEXED BY registry_versions_by_model ON v.model = r.id
          WHERE ${holds}`
      : sql`SELECT r.id FROM registry_versions AS r INDEXED BY registry_versions_by_name WHERE ${holds}`;
  return { ...term, source: { ids, found: 'directly' } };
}

function numberTerm({ comparator, value }: NumberCondition): VersionTerm {
  const holds = sql`r.version ${raw(comparator)} ${value}`;
  if (comparator === '!=') return { holds: () => holds, indexed: true };
  const ids = sql`SELECT r.id FROM registry_versions AS r INDEXED BY registry_versions_by_number WHERE ${holds}`;
  return { holds: () => holds, along: 'version', indexed: true, source: { ids, found: 'directly' } };
}

const runId = raw('d.run_id');
const source = raw('d.source');

/** Both columns are in one index. That finds runs; the sources are looked through in it. */
function detailTerm(column: Sql, { sql: holds, reach }: TextCondition): VersionTerm {
  const index = raw('registry_version_details_by_run');
  return {
    holds: (id) => sql`+EXISTS (SELECT 1 FROM registry_version_details AS d WHERE d.id = ${id} AND ${holds})`,
    source: {
      ids: sql`SELECT d.id FROM registry_version_details AS d INDEXED BY ${index} WHERE ${holds}`,
      found: column === runId && reach !== 'scan' ? 'directly' : 'by looking through',
    },
  };
}
