import { Stopping } from '../stopping.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './audit.controller.js';
import { ConsumerPlacesController } from './consumers/consumer-places.controller.js';
import { ConsumersController } from './consumers/consumers.controller.js';
import { DiffController } from './diff.controller.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { LiveNotices } from './events/live-notices.js';
import { Places } from './events/places.js';
import { SchemasController } from './events/schemas.controller.js';
import { StreamController } from './events/stream.controller.js';
import { IncidentsController } from './incident/incidents.controller.js';
import { ModelsController } from './models.controller.js';
import { PointsInTime } from './moments/points-in-time.js';
import { Windows } from './moments/windows.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { Pages } from './pages/pages.js';
import { FilterPreviews } from '../../application/queries/subscribers/filter-preview.js';
import { ToldOfEvent } from '../../application/queries/subscribers/told-of-event.js';
import { RollbackPlanController } from './rollback-plan.controller.js';
import { StagesController } from './stages.controller.js';
import { DeliveriesController } from './webhooks/deliveries.controller.js';
import { KnownSubscribers } from './moments/known-subscribers.js';
import { PreviewMessages } from './webhooks/preview.message.js';
import { ToldController } from './webhooks/told.controller.js';
import { WebhookAnswers } from './webhooks/webhook-answers.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WritesController } from './writes.controller.js';
import { ModelNames } from './writes/model-names.js';
import { RecordedChanges } from './writes/recorded-changes.js';
import { Writes } from './writes/writes.js';

/** The routes of `/api/v1`. */
export const nativeControllers = [
  ModelsController,
  StagesController,
  RollbackPlanController,
  AuditController,
  DiffController,
  IncidentsController,
  WritesController,
  WebhooksController,
  DeliveriesController,
  ToldController,
  StreamController,
  EventsController,
  SchemasController,
  ConsumersController,
  ConsumerPlacesController,
  OpenApiController,
];

/** What they share. */
export const nativeProviders = [
  PointsInTime,
  Windows,
  Pages,
  AuditTrail,
  ModelNames,
  RecordedChanges,
  Writes,
  FilterPreviews,
  KnownSubscribers,
  PreviewMessages,
  ToldOfEvent,
  WebhookAnswers,
  Stopping,
  Places,
  LiveNotices,
  EventStreams,
];
