import type { AuditEntry } from '../../../application/queries/history/audit-entry.js';
import { iso } from '../messages/iso.js';

type Cell = string | number | null | undefined;

/** The columns of an audit entry. More may be added at the end; none is ever moved or given another meaning. */
const columns: readonly (readonly [name: string, value: (entry: AuditEntry) => Cell])[] = [
  ['position', ({ position }) => position],
  ['recordedAt', ({ recordedAt }) => iso(recordedAt)],
  ['happenedAt', ({ happenedAt }) => iso(happenedAt)],
  ['type', ({ type }) => type],
  ['outcome', ({ outcome }) => outcome],
  ['text', ({ text }) => text],
  ['model', ({ model }) => model.name],
  ['version', ({ version }) => version],
  ['from', ({ from }) => from],
  ['to', ({ to }) => to],
  ['inFavourOf', ({ inFavourOf }) => inFavourOf],
  ['archived', ({ archived }) => archived.join(' ')],
  ['comment', ({ comment }) => comment],
  ['actor', ({ actor }) => actor.id],
  ['actorType', ({ actor }) => actor.type],
  ['authentication', ({ actor }) => actor.authentication],
  ['clientAddress', ({ client }) => client.address],
  ['userAgent', ({ client }) => client.userAgent],
  ['before', ({ before }) => before && JSON.stringify(before)],
  ['after', ({ after }) => after && JSON.stringify(after)],
  ['refusedCommand', ({ refusal }) => refusal?.command],
  ['refusalCode', ({ refusal }) => refusal?.code],
  ['refusalMessage', ({ refusal }) => refusal?.message],
  ['correlationId', ({ correlationId }) => correlationId],
  ['causationId', ({ causationId }) => causationId],
  ['requestId', ({ requestId }) => requestId],
  ['eventId', ({ eventId }) => eventId],
  ['modelId', ({ model }) => model.id],
  ['revision', ({ revision }) => revision],
  ['category', ({ category }) => category],
  ['subscriberKind', ({ subscriber }) => subscriber?.kind],
  ['subscriber', ({ subscriber }) => subscriber?.name],
  ['subscriberId', ({ subscriber }) => subscriber?.id],
];

/** The first line (RFC 4180). */
export const csvHeader = `${columns.map(([name]) => name).join(',')}\r\n`;

/** One line for each entry. */
export function csvLines(entries: readonly AuditEntry[]): string {
  let lines = '';
  for (const entry of entries) {
    for (let index = 0; index < columns.length; index += 1) {
      lines += (index === 0 ? '' : ',') + cell(columns[index]?.[1](entry));
    }
    lines += '\r\n';
  }
  return lines;
}

/** What a spreadsheet takes for the beginning of a formula; an apostrophe before it makes it text. */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]/;

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
