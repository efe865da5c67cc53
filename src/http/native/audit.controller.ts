import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditReader } from '../../application/queries/history/audit-reader.js';
import { pageAnswer, sayAsOf } from './answers.js';
import { apiPath } from './api-path.js';
import { AuditTrail } from './audit-trail.js';
import { deletionMessage, entryMessage } from './messages/audit.messages.js';
import { asOfMessage } from './messages/history.messages.js';
import { PointsInTime } from './moments/points-in-time.js';
import { Windows } from './moments/windows.js';
import { Pages } from './pages/pages.js';
import { notThere } from './problems/problem.js';
import { Asked } from './requests/asked.js';
import { auditFilter } from './requests/audit-filter.js';
import { AuditRequest, DeletionsRequest, EntryRequest } from './requests/audit.requests.js';

/** Everything that ever happened: by facets, by topic, and one by one. */
@Controller(`${apiPath}/audit`)
export class AuditController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly audit: AuditReader,
    private readonly points: PointsInTime,
    private readonly windows: Windows,
    private readonly pages: Pages,
  ) {}

  @Get()
  entries(
    @Asked(AuditRequest) asked: AuditRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.trail.answer(asked, request, reply);
  }

  /** Who is in Production changed. With their count: the population of which an auditor takes samples. */
  @Get('production-changes')
  productionChanges(
    @Asked(AuditRequest) asked: AuditRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.trail.answer(asked, request, reply, 'production');
  }

  /** What was changed about a version after it had reached Production. */
  @Get('post-production-edits')
  postProductionEdits(
    @Asked(AuditRequest) asked: AuditRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.trail.answer(asked, request, reply, 'editsAfterProduction');
  }

  /** What was deleted, as it was right before. */
  @Get('deletions')
  async deletions(
    @Asked(DeletionsRequest) asked: DeletionsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { asOf, page } = await this.pages.start(asked, request);
    const filter = auditFilter(asked, this.windows.resolve(asked, asOf).positions);
    const deletions = this.audit.deletions(filter, { ...page, order: asked.order });
    const next = this.pages.next(deletions, asOf, request);
    return pageAnswer(reply, asOf, deletions.items.map(deletionMessage), next);
  }

  @Get(':event')
  async entry(
    @Asked(EntryRequest) { event, asOf: said }: EntryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const entry = this.audit.entry(event);
    if (entry === undefined || entry.position > asOf.position) {
      throw notThere('There was no such event in the audit trail then.');
    }
    sayAsOf(reply, asOf);
    return { entry: entryMessage(entry), asOf: asOfMessage(asOf) };
  }
}
