import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ConsumerCommand } from '../../../src/domain/consumer/commands.js';
import { absent } from '../../../src/domain/consumer/consumer.js';
import type { Consumer } from '../../../src/domain/consumer/consumer.js';
import { consumerDecider } from '../../../src/domain/consumer/decider.js';
import type { ConsumerEvent } from '../../../src/domain/consumer/events.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { command } from '../../support/consumer-words.js';

const { decide, evolve } = consumerDecider;

const position = fc.integer({ min: 0, max: 20 });

const anyCommand: fc.Arbitrary<ConsumerCommand> = fc.oneof(
  position.map((after) => command('CreateConsumer', { after })),
  { weight: 5, arbitrary: position.map((at) => command('AcknowledgeNotices', { position: at })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(position, position)
      .map(([at, after]) => command('AcknowledgeNotices', { position: at, after })),
  },
  position.map((at) => command('SeekConsumer', { position: at })),
  fc.constantFrom(command('PauseConsumer'), command('ResumeConsumer'), command('DeleteConsumer')),
);

/** What each command comes to: nothing where it is refused. */
function steps(commands: readonly ConsumerCommand[]) {
  let state: Consumer = absent;
  return commands.map((asked) => {
    const before = state;
    const events = decided(before, asked);
    state = events.reduce(evolve, before);
    return { asked, before, events, after: state };
  });
}

function decided(state: Consumer, asked: ConsumerCommand): readonly ConsumerEvent[] {
  try {
    return decide(state, asked);
  } catch (error) {
    if (error instanceof RegistryError) return [];
    throw error;
  }
}

const always = (check: (step: ReturnType<typeof steps>[number]) => void) =>
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => steps(commands).forEach(check)),
    { numRuns: 300 },
  );

it('no acknowledgement moves a checkpoint back, and none that says where it was read from leaves a gap', () =>
  always(({ asked, before, after }) => {
    if (asked.type !== 'AcknowledgeNotices') return;
    if (before.status === 'absent' || after.status === 'absent') return expect(after).toEqual(before);
    expect(after.checkpoint).toBeGreaterThanOrEqual(before.checkpoint);
    if (after.checkpoint === before.checkpoint) return;
    expect(after.checkpoint).toBe(asked.position);
    expect(asked.after ?? 0).toBeLessThanOrEqual(before.checkpoint);
  }));

it('the same command again changes nothing, but for one that deletes', () =>
  always(({ asked, after }) => {
    if (asked.type !== 'DeleteConsumer') expect(decided(after, asked)).toEqual([]);
  }));
