import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '@nestjs/cqrs';
import { RegistryError } from '../../domain/registry-error.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { Revision } from '../ports/event-store.js';
import type { CommandContext, Outcome } from './command-context.js';

/** What a command would do if it were executed now. */
export type Plan = PlannedChange | { readonly refusal: RegistryError };

export interface PlannedChange {
  readonly modelId: string;
  /** The events that it would append, in order; none if it would change nothing. */
  readonly events: readonly RegisteredModelEvent[];
  /** The versions that it would archive in favour of another. */
  readonly archived: readonly number[];
  /**
   * The revision of the model on which this was decided. Executed with this expected revision, the command does what was
   * planned or is refused. Undefined for a model that is yet to be registered.
   */
  readonly revision: Revision | undefined;
}

/** Says what any command would do, by the same way on which it is executed. Nothing is recorded. */
@Injectable()
export class CommandPlanner {
  constructor(private readonly commands: CommandBus) {}

  /** @param commandIn makes the command, with the context that it is given */
  async plan(
    context: CommandContext,
    commandIn: (context: CommandContext) => Command<unknown>,
  ): Promise<Plan> {
    const outcomes: Outcome[] = [];
    const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
    try {
      await this.commands.execute(commandIn({ ...context, dryRun: true, onOutcome }));
    } catch (error) {
      if (error instanceof RegistryError) return { refusal: error };
      throw error;
    }
    const [outcome] = outcomes;
    if (outcome?.events === undefined) throw new Error('The command does not say what it would do');
    const { modelId, events, revision } = outcome;
    return { modelId, events, archived: events.flatMap(archivedBy), revision };
  }
}

function archivedBy({ type, data }: RegisteredModelEvent): readonly number[] {
  return type === 'StageTransitioned' && data.inFavourOf !== null ? [data.version] : [];
}
