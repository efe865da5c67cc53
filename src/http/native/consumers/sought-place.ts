import type { StartFrom } from '../../../application/deciding/start-positions.js';
import { invalidParameter } from '../problems/problem.js';
import type { SeekRequest } from './consumer.requests.js';

/**
 * The one place that a request says, and how it says it.
 *
 * @throws Problem INVALID_PARAMETER_VALUE when it says none, or more than one.
 */
export function soughtPlace({ position, time, to }: Pick<SeekRequest, 'position' | 'time' | 'to'>): {
  readonly place: StartFrom;
  readonly parameter: string;
} {
  const places = [
    ...(position === undefined ? [] : [{ place: { position }, parameter: 'position' }]),
    ...(time === undefined ? [] : [{ place: { time }, parameter: 'time' }]),
    ...(to === undefined ? [] : [{ place: to, parameter: 'to' }]),
  ];
  const [said, another] = places;
  if (said === undefined) {
    throw invalidParameter('position', 'Say where to go: one of position, time and to.', 'body');
  }
  if (another !== undefined) {
    throw invalidParameter(
      another.parameter,
      `${another.parameter} takes the place of ${said.parameter}: say one of the two.`,
      'body',
    );
  }
  return said;
}
