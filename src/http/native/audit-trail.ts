import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditReader } from '../../application/queries/history/audit-reader.js';
import type { AuditTopic } from '../../application/queries/history/audit-reader.js';
import { pageAnswer, sayAsOf } from './answers.js';
import { exported } from './formats/export.js';
import { formatOf, mediaTypes } from './formats/negotiation.js';
import { entryMessage } from './messages/audit.messages.js';
import { Windows } from './moments/windows.js';
import { Pages } from './pages/pages.js';
import { invalidParameter } from './problems/problem.js';
import { auditFilter } from './requests/audit-filter.js';
import { exportFormats } from './requests/audit.requests.js';
import type { AuditRequest } from './requests/audit.requests.js';

/** Answers a question to the audit trail: a page of JSON, or everything as NDJSON or CSV. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly audit: AuditReader,
    private readonly windows: Windows,
    private readonly pages: Pages,
  ) {}

  /** @param topic what the route is about; its pages then say how many entries there are */
  async answer(asked: AuditRequest, request: FastifyRequest, reply: FastifyReply, topic?: AuditTopic) {
    const format = formatOf(asked.format, request.headers.accept, exportFormats);
    if (format !== 'json') refusePages(format, request);
    const { asOf, page } = await this.pages.start(asked, request);
    const filter = auditFilter(asked, this.windows.resolve(asked, asOf).positions, topic);
    if (format === 'json') {
      const entries = this.audit.page(filter, { ...page, order: asked.order });
      const next = this.pages.next(entries, asOf, request);
      return {
        ...pageAnswer(reply, asOf, entries.items.map(entryMessage), next),
        ...(topic === undefined ? {} : { count: this.audit.count(filter) }),
      };
    }
    sayAsOf(reply, asOf);
    if (topic !== undefined) void reply.header('x-count', String(this.audit.count(filter)));
    const type = format === 'csv' ? `${mediaTypes.csv}; charset=utf-8; header=present` : mediaTypes.ndjson;
    return new StreamableFile(exported(this.audit.export(filter), format), {
      type,
      disposition: `attachment; filename="annals-${topic ?? 'audit'}-${asOf.position}.${format}"`,
    });
  }
}

/** Whoever wants a page of what has none would take all of it for that. */
function refusePages(format: string, { query }: FastifyRequest): void {
  for (const parameter of ['limit', 'after']) {
    if (Object.hasOwn(query as object, parameter)) {
      throw invalidParameter(parameter, `${format} is everything at once: leave out ${parameter}.`);
    }
  }
}
