import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PastReader } from '../../application/queries/history/past-reader.js';
import { pageAnswer } from './answers.js';
import { apiPath } from './api-path.js';
import { asOfMessage, occupancyMessage, transitionMessage } from './messages/history.messages.js';
import { Windows } from './moments/windows.js';
import { Pages } from './pages/pages.js';
import { noModel, noVersion } from './problems/not-there.js';
import { Asked } from './requests/asked.js';
import {
  StageOccupancyRequest,
  StagesRequest,
  TransitionsRequest,
  VersionOccupancyRequest,
} from './requests/models.requests.js';

/** Who is and was in which stage, and how they got there. */
@Controller(apiPath)
export class StagesController {
  constructor(
    private readonly past: PastReader,
    private readonly windows: Windows,
    private readonly pages: Pages,
  ) {}

  @Get('stages')
  async stages(
    @Asked(StagesRequest) asked: StagesRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { model, stage: stages } = asked;
    const { asOf, page } = await this.pages.start(asked, request);
    const occupants = this.past.stages(asOf.position, {
      ...page,
      ...(model ? { model } : {}),
      ...(stages ? { stages } : {}),
    });
    if (model && occupants.items.length === 0 && !this.past.model(model, asOf.position)) {
      throw noModel(model, asOf);
    }
    const next = this.pages.next(occupants, asOf, request);
    return pageAnswer(reply, asOf, occupants.items.map(occupancyMessage), next);
  }

  @Get('models/:model/stages/:stage/occupancy')
  stageOccupancy(
    @Asked(StageOccupancyRequest) asked: StageOccupancyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#occupancy(asked, { stage: asked.stage }, request, reply);
  }

  @Get('models/:model/versions/:version/occupancy')
  versionOccupancy(
    @Asked(VersionOccupancyRequest) asked: VersionOccupancyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#occupancy(asked, { version: asked.version }, request, reply);
  }

  @Get('models/:model/versions/:version/transitions')
  async transitions(
    @Asked(TransitionsRequest) asked: TransitionsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { model, version, to } = asked;
    const { asOf, page } = await this.pages.start(asked, request);
    const moves = this.past.transitions(model, version, asOf.position, { ...page, ...(to ? { to } : {}) });
    if (moves === undefined || !this.past.version(model, version, asOf.position)) {
      throw noVersion(model, version, asOf);
    }
    const next = this.pages.next(moves, asOf, request);
    return pageAnswer(reply, asOf, moves.items.map(transitionMessage), next);
  }

  async #occupancy(
    asked: StageOccupancyRequest | VersionOccupancyRequest,
    what: { readonly stage: StageOccupancyRequest['stage'] } | { readonly version: number },
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const { asOf, page } = await this.pages.start(asked, request);
    const window = this.windows.resolve(asked, asOf).positions;
    const intervals = this.past.occupancy(asked.model, { ...what, window }, page);
    const until = this.windows.endOf(window);
    if (intervals === undefined) throw noModel(asked.model, until);
    if ('version' in what && !this.past.version(asked.model, what.version, until.position)) {
      throw noVersion(asked.model, what.version, until);
    }
    const next = this.pages.next(intervals, asOf, request);
    const answer = pageAnswer(reply, asOf, intervals.items.map(occupancyMessage), next);
    return { ...answer, until: asOfMessage(until) };
  }
}
