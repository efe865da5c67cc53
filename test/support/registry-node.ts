import { randomUUID } from 'node:crypto';
import type { CommandContext } from '../../src/application/deciding/command-context.js';
import { CatchingUp } from '../../src/application/deciding/catching-up.js';
import { Idempotency } from '../../src/application/deciding/idempotency.js';
import { ModelCommands } from '../../src/application/deciding/model-commands.js';
import { ModelDirectory } from '../../src/application/deciding/model-directory.js';
import { NameClaims } from '../../src/application/deciding/name-claims.js';
import { RefusedCommands } from '../../src/application/deciding/refused-commands.js';
import { RegisteredModels } from '../../src/application/deciding/registered-models.js';
import type { Clock } from '../../src/application/ports/clock.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import type { IdempotencyRegister } from '../../src/application/ports/idempotency-register.js';
import type { ReadModelProgress } from '../../src/application/ports/read-model-progress.js';
import { InMemorySnapshots, NothingAnswered, SetClock, UpToDate } from './in-memory-ports.js';

interface ReadModel {
  readonly register: IdempotencyRegister;
  readonly progress: ReadModelProgress;
}

/** The deciding half of one process of the service. Several of them may share one log. */
export class RegistryNode {
  readonly models: RegisteredModels;
  readonly claims: NameClaims;
  readonly commands: ModelCommands;

  constructor(
    store: EventStore,
    readModel: ReadModel = { register: new NothingAnswered(), progress: new UpToDate() },
    clock: Clock = new SetClock(),
    directoryOf: (claims: NameClaims) => ModelDirectory = (claims) => new ModelDirectory(claims),
  ) {
    const { register, progress } = readModel;
    this.models = new RegisteredModels(store, new InMemorySnapshots());
    this.claims = new NameClaims(store, this.models, 0);
    const directory = directoryOf(this.claims);
    const catchingUp = new CatchingUp(store, progress);
    const idempotency = new Idempotency(register, catchingUp);
    const refused = new RefusedCommands(store, this.models, directory, clock);
    this.commands = new ModelCommands(
      this.models,
      this.claims,
      directory,
      idempotency,
      refused,
      catchingUp,
      clock,
    );
  }
}

/** What a request that says nothing about itself comes with. */
export function context(about: Partial<CommandContext> = {}): CommandContext {
  const requestId = about.requestId ?? randomUUID();
  return {
    actor: { type: 'user', id: 'ada', authentication: 'basic-unverified' },
    client: { address: '192.0.2.1', userAgent: null },
    requestId,
    correlationId: requestId,
    ...about,
  };
}
