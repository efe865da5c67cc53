import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PastReader } from '../../application/queries/history/past-reader.js';
import { pageAnswer, sayAsOf } from './answers.js';
import { apiPath } from './api-path.js';
import { isKnown } from './etag.js';
import { asOfMessage, modelMessage, versionMessage } from './messages/history.messages.js';
import { PointsInTime } from './moments/points-in-time.js';
import { Pages } from './pages/pages.js';
import { noModel, noVersion } from './problems/not-there.js';
import { Asked } from './requests/asked.js';
import { ModelRequest, VersionRequest } from './requests/common.requests.js';
import { ModelsRequest, VersionsRequest } from './requests/models.requests.js';

/** Models and versions, as they are and as they were. */
@Controller(`${apiPath}/models`)
export class ModelsController {
  constructor(
    private readonly past: PastReader,
    private readonly points: PointsInTime,
    private readonly pages: Pages,
  ) {}

  @Get()
  async models(
    @Asked(ModelsRequest) asked: ModelsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { asOf, page } = await this.pages.start(asked, request);
    const { prefix } = asked;
    const models = this.past.models(asOf.position, { ...page, ...(prefix === undefined ? {} : { prefix }) });
    return pageAnswer(reply, asOf, models.items.map(modelMessage), this.pages.next(models, asOf, request));
  }

  @Get(':model')
  async model(
    @Asked(ModelRequest) { model, asOf: said }: ModelRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const found = this.past.model(model, asOf.position);
    if (found === undefined) throw noModel(model, asOf);
    sayAsOf(reply, asOf);
    const seen = { modelId: found.id, revision: found.revision };
    if (said === undefined && isKnown(seen, request, reply)) return void reply.status(304);
    return { model: modelMessage(found), asOf: asOfMessage(asOf) };
  }

  @Get(':model/versions')
  async versions(
    @Asked(VersionsRequest) asked: VersionsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { model, deleted } = asked;
    const { asOf, page } = await this.pages.start(asked, request);
    const versions = this.past.versions(model, asOf.position, {
      ...page,
      ...(deleted === 'included' ? { deleted } : {}),
    });
    if (versions === undefined) throw noModel(model, asOf);
    const next = this.pages.next(versions, asOf, request);
    return pageAnswer(reply, asOf, versions.items.map(versionMessage), next);
  }

  @Get(':model/versions/:version')
  async version(
    @Asked(VersionRequest) { model, version, asOf: said }: VersionRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const found = this.past.version(model, version, asOf.position);
    if (found === undefined) throw noVersion(model, version, asOf);
    sayAsOf(reply, asOf);
    if (said === undefined && isKnown(found, request, reply)) return void reply.status(304);
    return { version: versionMessage(found), asOf: asOfMessage(asOf) };
  }
}
