import type { NameCondition, NameListCondition } from '../../../application/queries/search-criteria.js';
import { raw, sql } from '../../sql.js';
import { textCondition } from './text-conditions.js';
import type { TextCondition } from './text-conditions.js';

/** What is asked of the name of the row `r`. */
export function nameCondition(condition: NameCondition | NameListCondition): TextCondition {
  const name = raw('r.name');
  if (condition.kind === 'name') return textCondition(name, condition.comparator, condition.value);
  const values = sql`(SELECT value FROM json_each(${JSON.stringify(condition.values)}))`;
  return { sql: sql`${name} IN ${values}`, reach: 'range' };
}
