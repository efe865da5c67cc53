import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditReader } from '../../../application/queries/history/audit-reader.js';
import { Moments } from '../../../application/queries/history/moments.js';
import { PastReader } from '../../../application/queries/history/past-reader.js';
import { composeReport } from '../../../application/queries/incident-report/compose-report.js';
import { sayAsOf } from '../answers.js';
import { apiPath } from '../api-path.js';
import { formatOf, mediaTypes } from '../formats/negotiation.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { Windows } from '../moments/windows.js';
import { noModel } from '../problems/not-there.js';
import { invalidParameter } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import { IncidentReportRequest, reportFormats } from '../requests/incident.request.js';
import { reportMarkdown } from './report.markdown.js';
import { reportMessage } from './report.message.js';

/** What happened to a model, in one document. The same window of the same log gives the same bytes. */
@Controller(`${apiPath}/incidents`)
export class IncidentsController {
  constructor(
    private readonly past: PastReader,
    private readonly audit: AuditReader,
    private readonly moments: Moments,
    private readonly points: PointsInTime,
    private readonly windows: Windows,
  ) {}

  @Get('report')
  async report(
    @Asked(IncidentReportRequest) asked: IncidentReportRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(asked.format, request.headers.accept, reportFormats);
    if (asked.from === undefined && asked.before === undefined) {
      throw invalidParameter('from', 'from is missing: say it, or before and to.');
    }
    const asOf = await this.points.resolve(asked.asOf);
    const { from, to, positions: window } = this.windows.resolve(asked, asOf);
    const { model } = asked;
    const readers = { past: this.past, audit: this.audit, moments: this.moments };
    const report = composeReport(readers, { model, from, to, window });
    if (report === undefined) throw noModel(model, this.windows.endOf(window));
    sayAsOf(reply, report.scope.asOf);
    const message = reportMessage(report);
    if (format === 'json') return message;
    void reply.type(`${mediaTypes.md}; charset=utf-8`);
    return reportMarkdown(message);
  }
}
