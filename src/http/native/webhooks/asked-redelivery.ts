import type { Redelivered } from '../../../domain/webhook/events.js';
import { iso } from '../messages/iso.js';
import { invalidParameter } from '../problems/problem.js';
import type { RedeliveryRequest } from './delivery.requests.js';

/**
 * What a request wants delivered once more.
 *
 * @throws Problem INVALID_PARAMETER_VALUE unless it says exactly one of them.
 */
export function redeliveredOf({ noticeId, from, to, failedSince }: RedeliveryRequest): Redelivered {
  const wishes: Redelivered[] = [
    ...(noticeId === undefined ? [] : [{ noticeId }]),
    ...(from === undefined && to === undefined ? [] : [rangeOf(from, to)]),
    ...(failedSince === undefined ? [] : [{ failedSince: iso(failedSince) }]),
  ];
  const [wish] = wishes;
  if (wish !== undefined && wishes.length === 1) return wish;
  throw invalidParameter('noticeId', 'Say one of noticeId, from with to, and failedSince.', 'body');
}

function rangeOf(from: number | undefined, to: number | undefined): Redelivered {
  if (from !== undefined && to !== undefined) return { from, to };
  const missing = from === undefined ? 'from' : 'to';
  throw invalidParameter(missing, `${missing} is missing: a range has both ends.`, 'body');
}
