import { Controller, Delete, Get, HttpCode, Patch, Post, UseGuards } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CreateVersion } from '../../application/commands/create-version.js';
import { DeleteTag } from '../../application/commands/delete-tag.js';
import { DeleteVersion } from '../../application/commands/delete-version.js';
import { DescribeVersion } from '../../application/commands/describe-version.js';
import { SetTag } from '../../application/commands/set-tag.js';
import { TransitionStage } from '../../application/commands/transition-stage.js';
import type { CommandContext } from '../../application/deciding/command-context.js';
import { GetDownloadUri } from '../../application/queries/get-download-uri.js';
import { GetModelVersion } from '../../application/queries/get-model-version.js';
import { SearchVersions } from '../../application/queries/search-versions.js';
import { JsonText } from '../json-text.js';
import { Context } from '../request-context.js';
import { listAnswer, modelVersionJson, modelVersionMessage } from './messages.js';
import { MlflowRequest } from './mlflow-request.js';
import { ReadModelGuard } from '../read-model.guard.js';
import {
  CreateModelVersionRequest,
  DeleteModelVersionRequest,
  DeleteModelVersionTagRequest,
  GetModelVersionDownloadUriRequest,
  GetModelVersionRequest,
  SetModelVersionTagRequest,
  TransitionModelVersionStageRequest,
  UpdateModelVersionRequest,
} from './requests/model-version.requests.js';
import { SearchModelVersionsRequest } from './requests/search.requests.js';
import { mlflowPaths } from './routes.js';
import { WorkspaceGuard } from './workspace.guard.js';
import { nextPageToken } from './search/page-token.js';
import { parseVersionSearch } from './search/version-search.js';

/** `model-versions/…` of MLflow's REST API. */
@UseGuards(WorkspaceGuard, ReadModelGuard)
@Controller(mlflowPaths('model-versions'))
export class ModelVersionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('create')
  @HttpCode(200)
  async create(
    @MlflowRequest(CreateModelVersionRequest) request: CreateModelVersionRequest,
    @Context() context: CommandContext,
  ) {
    const { name, source, description, tags } = request;
    const origin = { source, runId: request.run_id, loggedModelId: request.model_id || null };
    const given = { name, ...origin, runLink: request.run_link, description, tags };
    const version = await this.commands.execute(new CreateVersion(given, context));
    return { model_version: modelVersionMessage(version) };
  }

  @Patch('update')
  async update(
    @MlflowRequest(UpdateModelVersionRequest) request: UpdateModelVersionRequest,
    @Context() context: CommandContext,
  ) {
    const { name, version: number, description = null } = request;
    const version = await this.commands.execute(new DescribeVersion(name, number, description, context));
    return { model_version: modelVersionMessage(version) };
  }

  @Post('transition-stage')
  @HttpCode(200)
  async transitionStage(
    @MlflowRequest(TransitionModelVersionStageRequest) request: TransitionModelVersionStageRequest,
    @Context() context: CommandContext,
  ) {
    const { name, version: number, stage, archive_existing_versions: archive } = request;
    const version = await this.commands.execute(
      new TransitionStage(name, number, stage, archive, null, context),
    );
    return { model_version: modelVersionMessage(version) };
  }

  @Delete('delete')
  async delete(
    @MlflowRequest(DeleteModelVersionRequest) request: DeleteModelVersionRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new DeleteVersion(request.name, request.version, context));
    return {};
  }

  @Get('get')
  async get(@MlflowRequest(GetModelVersionRequest) request: GetModelVersionRequest) {
    const version = await this.queries.execute(new GetModelVersion(request.name, request.version));
    return new JsonText(`{"model_version":${modelVersionJson(version)}}`);
  }

  @Get('search')
  async search(@MlflowRequest(SearchModelVersionsRequest) request: SearchModelVersionsRequest) {
    const search = parseVersionSearch(request);
    const page = await this.queries.execute(new SearchVersions(search));
    return listAnswer('model_versions', page.items.map(modelVersionJson), nextPageToken(search, page));
  }

  /** MLflow's client for R searches by POST. */
  @Post('search')
  @HttpCode(200)
  searchByPost(@MlflowRequest(SearchModelVersionsRequest) request: SearchModelVersionsRequest) {
    return this.search(request);
  }

  @Get('get-download-uri')
  async getDownloadUri(
    @MlflowRequest(GetModelVersionDownloadUriRequest) request: GetModelVersionDownloadUriRequest,
  ) {
    return { artifact_uri: await this.queries.execute(new GetDownloadUri(request.name, request.version)) };
  }

  @Post('set-tag')
  @HttpCode(200)
  async setTag(
    @MlflowRequest(SetModelVersionTagRequest) request: SetModelVersionTagRequest,
    @Context() context: CommandContext,
  ) {
    const { name, version, key, value } = request;
    await this.commands.execute(new SetTag(name, version, key, value, context));
    return {};
  }

  @Delete('delete-tag')
  async deleteTag(
    @MlflowRequest(DeleteModelVersionTagRequest) request: DeleteModelVersionTagRequest,
    @Context() context: CommandContext,
  ) {
    await this.commands.execute(new DeleteTag(request.name, request.version, request.key, context));
    return {};
  }
}
