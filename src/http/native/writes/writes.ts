import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext, Outcome } from '../../../application/deciding/command-context.js';
import { CommandPlanner } from '../../../application/deciding/command-planner.js';
import { ModelChangedError } from '../../../application/deciding/model-changed-error.js';
import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { positionHeader } from '../answers.js';
import { etagOf, expectedModel } from '../etag.js';
import { planMessage } from './plan.message.js';
import { RecordedChanges } from './recorded-changes.js';

type CommandIn = (context: CommandContext) => Command<unknown>;

/** A change that was asked for. */
export interface Write {
  readonly model: ModelReference;
  readonly dryRun: boolean;
  readonly command: CommandIn;
}

/** Executes the writes of the native API, or says what they would do. */
@Injectable()
export class Writes {
  constructor(
    private readonly commands: CommandBus,
    private readonly planner: CommandPlanner,
    private readonly changes: RecordedChanges,
  ) {}

  /**
   * @throws Problem PRECONDITION_FAILED with what has happened meanwhile, when the model is not at the revision that
   * `If-Match` says.
   */
  async answer(write: Write, asked: CommandContext, request: FastifyRequest, reply: FastifyReply) {
    const seen = expectedModel(request);
    const expected = seen && { expectedModelId: seen.modelId, expectedRevision: seen.revision };
    const context = { ...asked, ...expected };
    if (write.dryRun) {
      const plan = await this.planner.plan(context, write.command);
      const changed =
        'refusal' in plan && plan.refusal instanceof ModelChangedError ? plan.refusal : undefined;
      const since = changed && (await this.changes.since(write.model, changed));
      return planMessage(plan, since);
    }
    const outcome = await this.#execute(write, context);
    const answer = await this.changes.answer(outcome);
    const { modelId, revision } = outcome;
    if (revision !== undefined) void reply.header('etag', etagOf({ modelId, revision }));
    if (answer.position !== null) void reply.header(positionHeader, String(answer.position));
    return answer;
  }

  async #execute({ model, command }: Write, context: CommandContext): Promise<Outcome> {
    const outcomes: Outcome[] = [];
    const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
    try {
      await this.commands.execute(command({ ...context, onOutcome }));
    } catch (error) {
      if (error instanceof ModelChangedError) throw await this.changes.preconditionFailed(model, error);
      throw error;
    }
    const [outcome] = outcomes;
    if (outcome === undefined) throw new Error('The command does not say what it did');
    return outcome;
  }
}
