import type { TagCondition } from '../../../application/queries/search-criteria.js';
import { isPromptKey } from '../../../domain/registered-model/prompt.js';

/**
 * Whether a search shows prompts, and what it then looks for (MLflow's `_is_querying_prompt` and
 * `_update_query_to_exclude_prompts`).
 *
 * The first condition on the tag that marks prompts decides. `= 'true'` and `!= 'false'`, in any letter case, show
 * them, and all conditions on the tag hold as they stand. Otherwise prompts are hidden and the conditions on the tag
 * mean nothing: `= 'false'` finds every ordinary model, although none has the tag.
 */
export function applyPromptRule<Condition extends { readonly kind: string }>(
  conditions: readonly (Condition | TagCondition)[],
): { conditions: readonly (Condition | TagCondition)[]; prompts: 'hidden' | 'shown' } {
  const first = conditions.find(isOnPromptTag);
  if (first && asksForPrompts(first)) return { conditions, prompts: 'shown' };
  return { conditions: conditions.filter((condition) => !isOnPromptTag(condition)), prompts: 'hidden' };
}

function isOnPromptTag(condition: { readonly kind: string }): condition is TagCondition {
  return condition.kind === 'tag' && (condition as TagCondition).key === isPromptKey;
}

function asksForPrompts({ comparator, value }: TagCondition): boolean {
  const lowerCase = value.toLowerCase();
  return (comparator === '=' && lowerCase === 'true') || (comparator === '!=' && lowerCase === 'false');
}
