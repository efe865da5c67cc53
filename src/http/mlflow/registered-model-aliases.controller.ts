import { Controller, Delete, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { DeleteAlias } from '../../application/commands/delete-alias.js';
import { SetAlias } from '../../application/commands/set-alias.js';
import type { CommandContext } from '../../application/deciding/command-context.js';
import { GetVersionByAlias } from '../../application/queries/get-version-by-alias.js';
import { Context } from '../request-context.js';
import { modelVersionMessage } from './messages.js';
import { MlflowRequest } from './mlflow-request.js';
import { ReadModelGuard } from '../read-model.guard.js';
import {
  RegisteredModelAliasRequest,
  SetRegisteredModelAliasRequest,
} from './requests/registered-model.requests.js';
import { mlflowPaths } from './routes.js';
import { WorkspaceGuard } from './workspace.guard.js';

/** `registered-models/alias` of MLflow's REST API. */
@UseGuards(WorkspaceGuard, ReadModelGuard)
@Controller(mlflowPaths('registered-models/alias'))
export class RegisteredModelAliasesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(200)
  async set(
    @MlflowRequest(SetRegisteredModelAliasRequest) request: SetRegisteredModelAliasRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new SetAlias(request.name, request.alias, request.version, context));
    return {};
  }

  @Delete()
  async delete(
    @MlflowRequest(RegisteredModelAliasRequest) request: RegisteredModelAliasRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new DeleteAlias(request.name, request.alias, context));
    return {};
  }

  @Get()
  async get(@MlflowRequest(RegisteredModelAliasRequest) request: RegisteredModelAliasRequest) {
    const version = await this.queries.execute(new GetVersionByAlias(request.name, request.alias));
    return { model_version: modelVersionMessage(version) };
  }
}
