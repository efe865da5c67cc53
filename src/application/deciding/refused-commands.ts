import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { InvalidStageMoveError } from '../../domain/registered-model/stage.js';
import { RegistryError } from '../../domain/registry-error.js';
import type { RegistryErrorCode } from '../../domain/registry-error.js';
import { refusedCommandStream } from '../history/refused-command-codec.js';
import type { CommandRefused } from '../history/refused-command-codec.js';
import type { Clock } from '../ports/clock.js';
import { LogUnavailableError, WrongExpectedRevisionError } from '../ports/event-store.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../ports/event-store.js';
import { Envelope } from './envelope.js';
import type { ContextualCommand } from './idempotency.js';
import { InTurn } from './in-turn.js';
import type { ModelDirectory } from './model-directory.js';
import type { RegisteredModels } from './registered-models.js';

/** A command on a model that is there, by its name or by its id. */
export interface CommandOnModel extends ContextualCommand {
  readonly name?: string;
  readonly modelId?: string;
  readonly version?: unknown;
}

const codesThatMatter: ReadonlySet<RegistryErrorCode> = new Set<RegistryErrorCode>([
  'RESOURCE_CONFLICT',
  'RESOURCE_ALREADY_EXISTS',
  'PRECONDITION_FAILED',
]);

const maxMessageLength = 1_000;
const maxAttempts = 20;

/**
 * Puts on record what was refused to clients of a model, where it says something about the model: who came too late, who
 * wanted to move a version where it cannot be. It does not record mistakes in a request, nor what was asked of a model
 * that is not there.
 *
 * Each model has a stream for this, so that a refusal does not move the revision on which clients decide.
 */
export class RefusedCommands {
  readonly #inTurn = new InTurn();
  readonly #log = new Logger('refused commands');

  constructor(
    private readonly store: EventStore,
    private readonly models: RegisteredModels,
    private readonly directory: ModelDirectory,
    private readonly clock: Clock,
  ) {}

  /** Resolves when a refusal is on disk, if it is of interest. Never fails: the client is owed the refusal, not this. */
  async note(command: CommandOnModel, refusal: unknown): Promise<void> {
    if (!(refusal instanceof RegistryError) || !matters(refusal)) return;
    try {
      const model = await this.#modelOf(command);
      if (model === undefined) return;
      await this.#append(refusedCommandStream(model.id), this.#event(command, model.name, refusal));
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) this.#log.error(error);
      else this.#log.warn(`A refused command could not be put on record: ${error.message}`);
    }
  }

  async #modelOf({ name, modelId }: CommandOnModel): Promise<{ id: string; name: string } | undefined> {
    const id = modelId ?? (name === undefined ? undefined : await this.directory.lookUp(name));
    if (id === undefined) return undefined;
    const model = await this.models.current(id);
    if (model.status === 'unregistered' || model.name !== (name ?? model.name)) return undefined;
    return { id, name: model.name };
  }

  #event(command: CommandOnModel, name: string, { code, message }: RegistryError): NewEvent {
    const refused: CommandRefused = {
      type: 'CommandRefused',
      data: {
        command: command.constructor.name,
        code,
        message: shortened(message),
        subject: { name, version: versionOf(command) },
      },
    };
    const metadata = { ...new Envelope(command.context, this.clock.now()).metadata() };
    return { id: randomUUID(), ...refused, metadata };
  }

  #append(stream: string, event: NewEvent): Promise<void> {
    return this.#inTurn.run(stream, async () => {
      let end = await this.#endOf(stream);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await this.store.append(stream, end, [event]);
          return;
        } catch (error) {
          if (!(error instanceof WrongExpectedRevisionError) || attempt === maxAttempts) throw error;
          end = error.actual;
          // Another node writes here too: apart from each other, both get on.
          await pause(Math.random() * attempt);
        }
      }
    });
  }

  async #endOf(stream: string): Promise<ExpectedRevision> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    for await (const { revision } of this.store.readStream(stream, newest)) return revision;
    return 'no-stream';
  }
}

function matters(refusal: RegistryError): boolean {
  return codesThatMatter.has(refusal.code) || refusal instanceof InvalidStageMoveError;
}

function shortened(message: string): string {
  if (message.length <= maxMessageLength) return message;
  return `${message.slice(0, maxMessageLength - 1).toWellFormed()}…`;
}

/** Clients say the number of a version as text, and may say anything. */
function versionOf({ version }: CommandOnModel): number | null {
  return typeof version === 'string' && /^[1-9]\d{0,14}$/.test(version) ? Number(version) : null;
}
