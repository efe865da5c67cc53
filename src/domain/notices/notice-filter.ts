import type { Stage } from '../registered-model/stage.js';
import type { NoticeType } from './notice-type.js';

/** Which notices a subscriber wants: all conditions hold. Null holds always. */
export interface NoticeFilter {
  /** One of these types. */
  readonly types: readonly NoticeType[] | null;
  /** The name of the model, in which `*` stands for any text, as the model is called after the event. */
  readonly model: string | null;
  /** The stage that a version left. */
  readonly from: Stage | null;
  /** The stage that a version entered. */
  readonly to: Stage | null;
  /** The model, or the version that it is about, has this tag after the event; with any value when that is null. */
  readonly tag: { readonly key: string; readonly value: string | null } | null;
}

export const everyNotice: NoticeFilter = { types: null, model: null, from: null, to: null, tag: null };

/** What a filter looks at. */
export interface Filtered {
  readonly type: NoticeType;
  readonly modelName: string;
  /** Stages that were left and entered; of the change of who is in Production, the moves of all its versions. */
  readonly moves: readonly { readonly from: Stage | null; readonly to: Stage | null }[];
}

/**
 * Whether a subscriber wants to be told.
 *
 * @param tags of the model and of the version, asked for only when the rest holds
 */
export function wants(
  filter: NoticeFilter,
  notice: Filtered,
  tags: () => readonly { readonly key: string; readonly value: string }[],
): boolean {
  const { types, model, from, to, tag } = filter;
  if (types !== null && !types.includes(notice.type)) return false;
  if (model !== null && !isLike(notice.modelName, model)) return false;
  const isMoved = (move: Filtered['moves'][number]) =>
    (from === null || move.from === from) && (to === null || move.to === to);
  if ((from !== null || to !== null) && !notice.moves.some(isMoved)) return false;
  return tag === null || tags().some((one) => one.key === tag.key && one.value === (tag.value ?? one.value));
}

/** Whether a name is like a pattern, in which `*` stands for any text: in time linear in both for each `*`. */
function isLike(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  let place = first.length;
  for (const part of others) {
    const found = name.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return name.endsWith(last) && place <= name.length - last.length;
}
