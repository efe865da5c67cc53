import type { Order } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type Token, tokenize } from './filter-tokens.js';
import { OperandReader } from './operands.js';
import { pythonList } from './python-values.js';
import { withoutBackQuotes, withoutQuotes } from './quoted-text.js';
import { refuseUnstorable } from './unstorable-text.js';

/**
 * Reads an `order_by` of any search (MLflow registry contract: ordering). `keyOf` says what a key means, which
 * comes without its quotes, or refuses it.
 *
 * MLflow answers a repeated key with a 500; here it is the client's mistake, with the same words (ADR 0006).
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words.
 */
export function parseOrder<Key extends string>(
  orderBy: readonly string[],
  keyOf: (key: string) => Key,
): Order<Key>[] {
  const order: Order<Key>[] = [];
  for (const clause of orderBy) {
    const { key: text, direction } = parseClause(clause);
    const key = keyOf(text);
    if (order.some((other) => other.key === key)) {
      throw invalidParameter(`\`order_by\` contains duplicate fields: ${pythonList(orderBy)}`);
    }
    order.push({ key, direction });
  }
  return order;
}

/** Reads `key`, `key ASC` or `key DESC` (MLflow's `_parse_order_by_string`). */
function parseClause(clause: string): Order<string> {
  refuseUnstorable('order_by', clause);
  const tokens = tokenize(clause);
  if (!tokens) throw invalidParameter(`Error on parsing order_by clause '${clause}'`);
  const operands = new OperandReader(tokens);
  const reading = operands.read(0);
  const isKey = tokens[0]?.text === 'timestamp' || reading?.operand.kind === 'key';
  const keyTokens = tokens.slice(0, reading?.next ?? 1);
  if (!isKey || !isTight(clause, tokens, keyTokens)) {
    throw invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`);
  }
  const key = unquoted(keyTokens);
  const directionTokens = tokens.slice(keyTokens.length);
  const direction = unquoted(directionTokens).toUpperCase() || 'ASC';
  if (direction === 'ASC' || direction === 'DESC') return { key, direction };
  const other = operands.read(keyTokens.length);
  if (other?.operand.kind === 'key' && other.next === tokens.length) {
    throw invalidParameter(`Invalid ordering key in order_by clause '${clause}'.`);
  }
  throw invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`);
}

function unquoted(tokens: readonly Token[]): string {
  return tokens.map((token) => withoutBackQuotes(withoutQuotes(token.text))).join('');
}

/** White space may stand between key and direction only. */
function isTight(clause: string, tokens: readonly Token[], keyTokens: readonly Token[]): boolean {
  const isClosed = keyTokens.every((token, index) => token.start === (keyTokens[index - 1]?.end ?? 0));
  return isClosed && tokens.at(-1)!.end === clause.length;
}
