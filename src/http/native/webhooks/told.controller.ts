import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AuditReader } from '../../../application/queries/history/audit-reader.js';
import { ToldOfEvent } from '../../../application/queries/subscribers/told-of-event.js';
import type { Told, ToldAsOf } from '../../../application/queries/subscribers/told-of-event.js';
import { withoutCredentials } from '../../../domain/webhook/url-credentials.js';
import { sayAsOf } from '../answers.js';
import { apiPath } from '../api-path.js';
import { asOfMessage } from '../messages/history.messages.js';
import { isoOrNull } from '../messages/iso.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { notThere } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import type { SaidMoment } from '../requests/moment.js';
import { attemptMessage } from './delivery.message.js';
import { ToldRequest } from './delivery.requests.js';
import { KnownSubscribers } from '../moments/known-subscribers.js';

/** Which subscribers were told of a change, when, and with what answer. */
@Controller(`${apiPath}/audit/:event/deliveries`)
export class ToldController {
  constructor(
    private readonly audit: AuditReader,
    private readonly told: ToldOfEvent,
    private readonly points: PointsInTime,
    private readonly known: KnownSubscribers,
  ) {}

  @Get()
  async deliveries(
    @Asked(ToldRequest) { event, asOf: said }: ToldRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const present = await this.known.present();
    const entry = this.audit.entry(event);
    if (entry === undefined || (said !== undefined && entry.position > asOf.position)) {
      throw notThere('There was no such event then.');
    }
    const when = toldAsOf(said, present.position);
    const shown = { position: when.position, recordedAt: asOf.recordedAt };
    const notices = this.told.noticesOf(entry);
    sayAsOf(reply, shown);
    return {
      eventId: entry.eventId,
      position: entry.position,
      text: entry.text,
      notices: notices.map(({ id, type }) => ({ id, type })),
      deliveries: this.told.of(notices, when).map(toldMessage),
      asOf: asOfMessage(shown),
    };
  }
}

/** The history has no times of deliveries: as of a time are those of which the requests were sent by then. */
function toldAsOf(said: SaidMoment | undefined, present: number): ToldAsOf {
  if (said === undefined) return { position: present, isPresent: true };
  if ('position' in said) return { position: said.position, isPresent: false };
  return { position: present, time: said.time, isPresent: false };
}

function toldMessage({ webhook, noticeId, noticeType, state, nextAttemptAt, attempts }: Told) {
  return {
    webhook: { ...webhook, url: withoutCredentials(webhook.url) },
    noticeId,
    noticeType,
    state,
    nextAttemptAt: isoOrNull(nextAttemptAt),
    attempts: attempts.map(attemptMessage),
  };
}
