import { Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RestoreModel } from '../../application/commands/restore-model.js';
import { RestoreVersion } from '../../application/commands/restore-version.js';
import { RollBack } from '../../application/commands/roll-back.js';
import { TransitionStage } from '../../application/commands/transition-stage.js';
import type { CommandContext } from '../../application/deciding/command-context.js';
import { activeStages } from '../../domain/registered-model/stage.js';
import { ReadModelGuard } from '../read-model.guard.js';
import { Context } from '../request-context.js';
import { apiPath } from './api-path.js';
import { invalidParameter } from './problems/problem.js';
import { Asked } from './requests/asked.js';
import {
  RestoreModelRequest,
  RestoreVersionRequest,
  RollbackRequest,
  TransitionRequest,
} from './requests/write.requests.js';
import { ModelNames } from './writes/model-names.js';
import { Writes } from './writes/writes.js';

/** Changes that say what they would do before they do it. */
@UseGuards(ReadModelGuard)
@Controller(`${apiPath}/models/:model`)
export class WritesController {
  constructor(
    private readonly writes: Writes,
    private readonly names: ModelNames,
  ) {}

  @Post('versions/:version/transitions')
  @HttpCode(200)
  async transition(
    @Asked(TransitionRequest) asked: TransitionRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { model, version, stage, comment = null, dryRun } = asked;
    const archive = asked.archiveExistingVersions ?? mayArchive(stage);
    const name = await this.names.nameOf(model);
    const command = (as: CommandContext) =>
      new TransitionStage(name, String(version), stage, archive, comment, as);
    return this.writes.answer({ model, dryRun, command }, context, request, reply);
  }

  @Post('rollback')
  @HttpCode(200)
  async rollback(
    @Asked(RollbackRequest) asked: RollbackRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { model, stage, comment = null, dryRun } = asked;
    const name = await this.names.nameOf(model);
    const command = (as: CommandContext) => new RollBack(name, stage, comment, as);
    return this.writes.answer({ model, dryRun, command }, context, request, reply);
  }

  @Post('restore')
  @HttpCode(200)
  restore(
    @Asked(RestoreModelRequest) { model, dryRun }: RestoreModelRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!('id' in model)) {
      throw invalidParameter(
        'model',
        'A name may have been that of several models, so the model has to be id: and its id, which audit/deletions tells.',
        'path',
      );
    }
    const command = (as: CommandContext) => new RestoreModel(model.id, as);
    return this.writes.answer({ model, dryRun, command }, context, request, reply);
  }

  @Post('versions/:version/restore')
  @HttpCode(200)
  async restoreVersion(
    @Asked(RestoreVersionRequest) { model, version, dryRun }: RestoreVersionRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const name = await this.names.nameOf(model);
    const command = (as: CommandContext) => new RestoreVersion(name, String(version), as);
    return this.writes.answer({ model, dryRun, command }, context, request, reply);
  }
}

/** Others are archived out of the stages in which versions are in use; elsewhere there is nothing to archive. */
function mayArchive(stage: string): boolean {
  return activeStages.some((active) => active.toLowerCase() === stage.toLowerCase());
}
