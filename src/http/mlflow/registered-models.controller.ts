import { Controller, Delete, Get, HttpCode, Patch, Post, UseGuards } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { DeleteModel } from '../../application/commands/delete-model.js';
import { DeleteTag } from '../../application/commands/delete-tag.js';
import { DescribeModel } from '../../application/commands/describe-model.js';
import { RegisterModel } from '../../application/commands/register-model.js';
import { RenameModel } from '../../application/commands/rename-model.js';
import { SetTag } from '../../application/commands/set-tag.js';
import type { CommandContext } from '../../application/deciding/command-context.js';
import { GetLatestVersions } from '../../application/queries/get-latest-versions.js';
import { GetRegisteredModel } from '../../application/queries/get-registered-model.js';
import { SearchModels } from '../../application/queries/search-models.js';
import { JsonText } from '../json-text.js';
import { Context } from '../request-context.js';
import {
  listAnswer,
  listed,
  modelVersionMessage,
  registeredModelJson,
  registeredModelMessage,
} from './messages.js';
import { MlflowRequest } from './mlflow-request.js';
import { ReadModelGuard } from '../read-model.guard.js';
import {
  CreateRegisteredModelRequest,
  DeleteRegisteredModelRequest,
  DeleteRegisteredModelTagRequest,
  GetLatestVersionsRequest,
  GetRegisteredModelRequest,
  RenameRegisteredModelRequest,
  SetRegisteredModelTagRequest,
  UpdateRegisteredModelRequest,
} from './requests/registered-model.requests.js';
import { SearchRegisteredModelsRequest } from './requests/search.requests.js';
import { mlflowPaths } from './routes.js';
import { WorkspaceGuard } from './workspace.guard.js';
import { nextPageToken } from './search/page-token.js';
import { parseModelSearch } from './search/model-search.js';

/** `registered-models/…` of MLflow's REST API, but for aliases. */
@UseGuards(WorkspaceGuard, ReadModelGuard)
@Controller(mlflowPaths('registered-models'))
export class RegisteredModelsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('create')
  @HttpCode(200)
  async create(
    @MlflowRequest(CreateRegisteredModelRequest) request: CreateRegisteredModelRequest,
    @Context() context: CommandContext,
  ) {
    const { name, description, tags } = request;
    const model = await this.commands.execute(new RegisterModel(name, description, tags, context));
    return { registered_model: registeredModelMessage(model) };
  }

  @Post('rename')
  @HttpCode(200)
  async rename(
    @MlflowRequest(RenameRegisteredModelRequest) request: RenameRegisteredModelRequest,
    @Context() context: CommandContext,
  ) {
    const model = await this.commands.execute(new RenameModel(request.name, request.new_name, context));
    return { registered_model: registeredModelMessage(model) };
  }

  @Patch('update')
  async update(
    @MlflowRequest(UpdateRegisteredModelRequest) request: UpdateRegisteredModelRequest,
    @Context() context: CommandContext,
  ) {
    const model = await this.commands.execute(new DescribeModel(request.name, request.description, context));
    return { registered_model: registeredModelMessage(model) };
  }

  @Delete('delete')
  async delete(
    @MlflowRequest(DeleteRegisteredModelRequest) request: DeleteRegisteredModelRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new DeleteModel(request.name, context));
    return {};
  }

  @Get('get')
  async get(@MlflowRequest(GetRegisteredModelRequest) request: GetRegisteredModelRequest) {
    const model = await this.queries.execute(new GetRegisteredModel(request.name));
    return new JsonText(`{"registered_model":${registeredModelJson(model)}}`);
  }

  @Get('search')
  async search(@MlflowRequest(SearchRegisteredModelsRequest) request: SearchRegisteredModelsRequest) {
    const search = parseModelSearch(request);
    const page = await this.queries.execute(new SearchModels(search));
    return listAnswer('registered_models', page.items.map(registeredModelJson), nextPageToken(search, page));
  }

  /** MLflow's client for R searches by POST. */
  @Post('search')
  @HttpCode(200)
  searchByPost(@MlflowRequest(SearchRegisteredModelsRequest) request: SearchRegisteredModelsRequest) {
    return this.search(request);
  }

  @Get('get-latest-versions')
  async getLatestVersions(@MlflowRequest(GetLatestVersionsRequest) request: GetLatestVersionsRequest) {
    const versions = await this.queries.execute(new GetLatestVersions(request.name, request.stages));
    return listed('model_versions', versions.map(modelVersionMessage));
  }

  @Post('get-latest-versions')
  @HttpCode(200)
  getLatestVersionsByPost(@MlflowRequest(GetLatestVersionsRequest) request: GetLatestVersionsRequest) {
    return this.getLatestVersions(request);
  }

  @Post('set-tag')
  @HttpCode(200)
  async setTag(
    @MlflowRequest(SetRegisteredModelTagRequest) request: SetRegisteredModelTagRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new SetTag(request.name, null, request.key, request.value, context));
    return {};
  }

  @Delete('delete-tag')
  async deleteTag(
    @MlflowRequest(DeleteRegisteredModelTagRequest) request: DeleteRegisteredModelTagRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new DeleteTag(request.name, null, request.key, context));
    return {};
  }
}
