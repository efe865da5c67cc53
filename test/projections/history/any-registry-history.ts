import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import { decide } from '../../../src/domain/registered-model/decide.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { stages } from '../../../src/domain/registered-model/stage.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { RegistryError } from '../../../src/domain/registry-error.js';

/** What somebody wants to do: to the model that has a name, or to one that was deleted. */
type Wish = DistributiveOmit<Exclude<RegisteredModelCommand, { type: 'ForfeitNameClaim' }>, 'at' | 'claimId'>;

type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never;

const name = fc.constantFrom('iris', 'iris', 'iris', 'iris', 'iris', 'lily', 'rose');
const version = fc.integer({ min: 1, max: 3 });
const text = fc.constantFrom('', 'a', 'b', 'é');
const key = fc.constantFrom('team', 'validated', '__proto__', '');
const alias = fc.constantFrom('champion', 'challenger');
const tags = fc.uniqueArray(fc.record({ key, value: text }), { maxLength: 2, selector: (tag) => tag.key });
const active = fc.constantFrom('Staging' as const, 'Production' as const);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('RegisterModel' as const), name, description: text, tags }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('CreateVersion' as const),
      name,
      source: text,
      storageLocation: fc.constant(null),
      runId: text,
      runLink: fc.constant(''),
      loggedModelId: fc.constant(null),
      description: text,
      tags,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('TransitionStage' as const),
      name,
      version,
      stage: active,
      archiveExistingVersions: fc.boolean(),
      comment: fc.option(text),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('TransitionStage' as const),
      name,
      version,
      stage: fc.constantFrom(...stages),
      archiveExistingVersions: fc.constant(false),
      comment: fc.constant(null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('RenameModel' as const),
      name,
      newName: fc.constantFrom('iris', 'lily', 'rose'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('DescribeModel' as const), name, description: text }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('DeleteModel' as const), name }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('RestoreModel' as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('DescribeVersion' as const),
      name,
      version,
      description: fc.option(text),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('ChangeVersionStatus' as const),
      name,
      version,
      status: fc.constantFrom('PENDING_REGISTRATION' as const, 'READY' as const),
      message: fc.option(text),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('DeleteVersion' as const), name, version }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('RestoreVersion' as const), name, version }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('SetTag' as const),
      name,
      version: fc.option(version),
      key,
      value: text,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('DeleteTag' as const), name, version: fc.option(version), key }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('SetAlias' as const), name, version, alias }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('DeleteAlias' as const), name, alias }) },
);

/** What happens to subscribers meanwhile, also between two events of one command: nothing of it is about a model. */
const subscriberFacts = [
  {
    stream: 'webhook-1',
    type: 'WebhookCreated',
    data: {
      name: 'iris',
      description: null,
      url: 'https://example.org/',
      format: 'cloudevents',
      filter: everyNotice,
      after: 0,
      secret: null,
      status: 'active',
    },
  },
  { stream: 'webhook-1', type: 'WebhookPaused', data: {} },
  { stream: 'webhook-1', type: 'WebhookDeleted', data: {} },
  { stream: 'webhook-1', type: 'NothingChanged', data: {} },
  {
    stream: 'consumer-1',
    type: 'ConsumerCreated',
    data: { name: 'iris', description: null, filter: everyNotice, after: 0 },
  },
  { stream: 'consumer-1', type: 'ConsumerAcknowledged', data: { position: 1 } },
  { stream: 'consumer-1', type: 'ConsumerSought', data: { from: 1, position: 0 } },
] as const;

/** Steps between what is recorded: positions jump, and now and then a node's clock is behind. */
const step = fc.record({
  wish,
  jump: fc.constantFrom(1, 1, 1, 7, 4_000_000_000),
  milliseconds: fc.constantFrom(0, 1, 1, 50, 50, -70),
  actor: fc.constantFrom('ana', 'ben'),
  aside: fc.option(fc.constantFrom(...subscriberFacts), { freq: 3 }),
});

/** Most registries begin with something that more can happen to. */
const beginning = [
  { type: 'RegisterModel' as const, name: 'iris', description: 'first', tags: [{ key: 'team', value: 'a' }] },
  ...Array.from({ length: 3 }, () => ({
    type: 'CreateVersion' as const,
    name: 'iris',
    source: 's',
    storageLocation: null,
    runId: 'r',
    runLink: '',
    loggedModelId: null,
    description: '',
    tags: [{ key: 'validated', value: 'a' }],
  })),
].map((wish) => ({ wish, jump: 1, milliseconds: 10, actor: 'ana', aside: null }));

/**
 * A log of some models that take each other's names. The domain's own rules decide it; refused wishes are passed over.
 */
export function anyRegistryHistory(): fc.Arbitrary<readonly RecordedEvent[]> {
  const life = fc.array(step, { minLength: 10, maxLength: 50, size: 'max' });
  return fc.tuple(fc.subarray(beginning), life).map((parts) => {
    const steps = parts.flat();
    const models = new Map<string, { state: RegisteredModel; revision: number }>();
    const events: RecordedEvent[] = [];
    const asides = new Map<string, number>();
    let position = 0;
    let time = Date.UTC(2026, 0, 1);
    for (const [turn, { wish, jump, milliseconds, actor, aside }] of steps.entries()) {
      time += milliseconds;
      const id = modelMeant(wish, models, turn);
      if (id === undefined) continue;
      const { state, revision } = models.get(id) ?? { state: unregistered, revision: -1 };
      const command = { ...wish, at: time, claimId: claimOf(wish, turn) } as RegisteredModelCommand;
      let next = state;
      let last = revision;
      for (const { type, data, at } of decided(state, command)) {
        next = evolve(next, { type, data, at } as never);
        last += 1;
        position += last === revision + 1 ? jump : 1;
        events.push({
          id: `event-${position}`,
          type,
          data: JSON.parse(JSON.stringify(data)) as RecordedEvent['data'],
          metadata: {
            schemaVersion: 1,
            actor: { type: 'user', id: actor, authentication: 'basic-unverified' },
            client: { address: '192.0.2.1', userAgent: null },
            requestId: `request-${turn}`,
            $correlationId: `correlation-${turn}`,
            $causationId: `command-${turn}`,
            happenedAt: new Date(at).toISOString(),
          },
          stream: registeredModelStream(id),
          revision: last,
          position,
          recordedAt: time,
        });
        if (aside !== null) {
          position += 1;
          const before = asides.get(aside.stream) ?? -1;
          asides.set(aside.stream, before + 1);
          events.push({
            ...aside,
            id: `event-${position}`,
            data: JSON.parse(JSON.stringify(aside.data)) as RecordedEvent['data'],
            metadata: {
              schemaVersion: 1,
              actor: { type: 'user', id: actor, authentication: 'basic-unverified' },
              happenedAt: new Date(at).toISOString(),
            },
            revision: before + 1,
            position,
            recordedAt: time,
          });
        }
      }
      models.set(id, { state: next, revision: last });
    }
    return events;
  });
}

function modelMeant(
  wish: Wish,
  models: ReadonlyMap<string, { readonly state: RegisteredModel }>,
  turn: number,
): string | undefined {
  const find = (name: string, status: RegisteredModel['status']) =>
    [...models].findLast(
      ([, { state }]) => state.status === status && 'name' in state && state.name === name,
    )?.[0];
  const holder = find(wish.name, 'live');
  if (wish.type === 'RegisterModel') return holder === undefined ? `model-${turn}` : undefined;
  if (wish.type === 'RestoreModel') return holder === undefined ? find(wish.name, 'deleted') : undefined;
  if (wish.type === 'RenameModel' && wish.newName !== wish.name && find(wish.newName, 'live') !== undefined) {
    return undefined;
  }
  return holder;
}

function claimOf(wish: Wish, turn: number): string | null {
  return wish.type === 'RenameModel' && wish.newName === wish.name ? null : `claim-${turn}`;
}

function decided(state: RegisteredModel, command: RegisteredModelCommand) {
  try {
    return decide(state, command);
  } catch (error) {
    if (error instanceof RegistryError) return [];
    throw error;
  }
}
