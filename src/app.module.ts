import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangeVersionStatusHandler } from './application/commands/change-version-status.js';
import { AcknowledgeNoticesHandler } from './application/commands/consumers/acknowledge-notices.js';
import { CreateConsumerHandler } from './application/commands/consumers/create-consumer.js';
import { DeleteConsumerHandler } from './application/commands/consumers/delete-consumer.js';
import { PauseConsumerHandler } from './application/commands/consumers/pause-consumer.js';
import { ResumeConsumerHandler } from './application/commands/consumers/resume-consumer.js';
import { SeekConsumerHandler } from './application/commands/consumers/seek-consumer.js';
import { CreateVersionHandler } from './application/commands/create-version.js';
import { DeleteAliasHandler } from './application/commands/delete-alias.js';
import { DeleteModelHandler } from './application/commands/delete-model.js';
import { DeleteTagHandler } from './application/commands/delete-tag.js';
import { DeleteVersionHandler } from './application/commands/delete-version.js';
import { DescribeModelHandler } from './application/commands/describe-model.js';
import { DescribeVersionHandler } from './application/commands/describe-version.js';
import { RegisterModelHandler } from './application/commands/register-model.js';
import { RenameModelHandler } from './application/commands/rename-model.js';
import { RestoreModelHandler } from './application/commands/restore-model.js';
import { RestoreVersionHandler } from './application/commands/restore-version.js';
import { RollBackHandler } from './application/commands/roll-back.js';
import { SetAliasHandler } from './application/commands/set-alias.js';
import { SetTagHandler } from './application/commands/set-tag.js';
import { TransitionStageHandler } from './application/commands/transition-stage.js';
import { CreateWebhookHandler } from './application/commands/webhooks/create-webhook.js';
import { DeleteWebhookHandler } from './application/commands/webhooks/delete-webhook.js';
import { DisableWebhookHandler } from './application/commands/webhooks/disable-webhook.js';
import { PauseWebhookHandler } from './application/commands/webhooks/pause-webhook.js';
import { RequestRedeliveryHandler } from './application/commands/webhooks/request-redelivery.js';
import { ResumeWebhookHandler } from './application/commands/webhooks/resume-webhook.js';
import { ReviseWebhookHandler } from './application/commands/webhooks/revise-webhook.js';
import { RotateWebhookSecretHandler } from './application/commands/webhooks/rotate-webhook-secret.js';
import { TestWebhookHandler } from './application/commands/webhooks/test-webhook.js';
import { UpdateWebhookHandler } from './application/commands/webhooks/update-webhook.js';
import { WebhookAddresses } from './application/commands/webhooks/webhook-addresses.js';
import { WebhookSecrets } from './application/commands/webhooks/webhook-secrets.js';
import { ConsumerFeed } from './application/consuming/consumer-feed.js';
import { ConsumerLags } from './application/consuming/consumer-lags.js';
import { CatchingUp } from './application/deciding/catching-up.js';
import { CommandPlanner } from './application/deciding/command-planner.js';
import { ConsumerCommands } from './application/deciding/consumer-commands.js';
import { Courtesy } from './application/deciding/courtesy.js';
import { Idempotency } from './application/deciding/idempotency.js';
import { ModelCommands } from './application/deciding/model-commands.js';
import { ModelDirectory } from './application/deciding/model-directory.js';
import { NameClaims } from './application/deciding/name-claims.js';
import { RefusedCommands } from './application/deciding/refused-commands.js';
import { RegisteredModels } from './application/deciding/registered-models.js';
import { StartPositions } from './application/deciding/start-positions.js';
import { WebhookCommands } from './application/deciding/webhook-commands.js';
import { NoticeRequests } from './application/dispatching/notice-requests.js';
import { isAboutPrompt } from './application/notices/about-prompt.js';
import { Envelopes } from './application/notices/envelopes.js';
import { NoticeFeed } from './application/notices/notice-feed.js';
import { NoticeReader } from './application/notices/notice-reader.js';
import { Clock } from './application/ports/clock.js';
import type { EventStore } from './application/ports/event-store.js';
import type { IdempotencyRegister } from './application/ports/idempotency-register.js';
import type { ReadModelProgress } from './application/ports/read-model-progress.js';
import { ReadModels } from './application/ports/read-models.js';
import { SecretBox } from './application/ports/secret-box.js';
import type { SnapshotStore } from './application/ports/snapshot-store.js';
import type { TrackingServer } from './application/ports/tracking-server.js';
import { WebhookSender } from './application/ports/webhook-sender.js';
import { GetDownloadUriHandler } from './application/queries/get-download-uri.js';
import { GetLatestVersionsHandler } from './application/queries/get-latest-versions.js';
import { GetModelVersionHandler } from './application/queries/get-model-version.js';
import { GetRegisteredModelHandler } from './application/queries/get-registered-model.js';
import { GetVersionByAliasHandler } from './application/queries/get-version-by-alias.js';
import { AuditReader } from './application/queries/history/audit-reader.js';
import { HistoryProgress } from './application/queries/history/history-progress.js';
import { Moments } from './application/queries/history/moments.js';
import { PastReader } from './application/queries/history/past-reader.js';
import { RegistryReader } from './application/queries/registry-reader.js';
import { ConsumersReader } from './application/queries/subscribers/consumers-reader.js';
import { DeliveriesReader } from './application/queries/subscribers/deliveries-reader.js';
import { SubscribersProgress } from './application/queries/subscribers/subscribers-progress.js';
import { WebhooksReader } from './application/queries/subscribers/webhooks-reader.js';
import { SearchModelsHandler } from './application/queries/search-models.js';
import { SearchVersionsHandler } from './application/queries/search-versions.js';
import { SourceResolver } from './application/sources/source-resolver.js';
import { ErrorFilter } from './http/error.filter.js';
import { ModelVersionsController } from './http/mlflow/model-versions.controller.js';
import { RegisteredModelAliasesController } from './http/mlflow/registered-model-aliases.controller.js';
import { RegisteredModelsController } from './http/mlflow/registered-models.controller.js';
import { ServerInfoController } from './http/mlflow/server-info.controller.js';
import { WebhooksController } from './http/mlflow/webhooks.controller.js';
import { nativeControllers, nativeProviders } from './http/native/native-api.js';
import { HealthController } from './http/operations/health.controller.js';
import { LogStatus } from './http/operations/log-status.js';
import { MetricsController } from './http/operations/metrics.controller.js';
import { Metrics } from './http/operations/metrics.js';
import { VersionController } from './http/operations/version.controller.js';

/** What the application needs from outside. */
export interface Adapters {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly tracking: TrackingServer;
  readonly clock: Clock;
  readonly reader: RegistryReader;
  readonly register: IdempotencyRegister;
  readonly readModels: ReadModels & ReadModelProgress;
  readonly history: {
    readonly progress: HistoryProgress;
    readonly moments: Moments;
    readonly past: PastReader;
    readonly audit: AuditReader;
    readonly notices: NoticeReader;
  };
  readonly subscribers: {
    readonly progress: SubscribersProgress;
    readonly webhooks: WebhooksReader;
    readonly consumers: ConsumersReader;
    readonly deliveries: DeliveriesReader;
  };
  readonly secrets: SecretBox;
  readonly sender: WebhookSender;
  readonly metrics: Metrics;
  /** `source` of all envelopes. */
  readonly source: string;
}

const controllers = [
  RegisteredModelAliasesController,
  RegisteredModelsController,
  ModelVersionsController,
  ServerInfoController,
  WebhooksController,
  ...nativeControllers,
  HealthController,
  MetricsController,
  VersionController,
];

const commandHandlers = [
  ChangeVersionStatusHandler,
  CreateVersionHandler,
  DeleteAliasHandler,
  DeleteModelHandler,
  DeleteTagHandler,
  DeleteVersionHandler,
  DescribeModelHandler,
  DescribeVersionHandler,
  RegisterModelHandler,
  RenameModelHandler,
  RestoreModelHandler,
  RestoreVersionHandler,
  RollBackHandler,
  SetAliasHandler,
  SetTagHandler,
  TransitionStageHandler,
  CreateWebhookHandler,
  DeleteWebhookHandler,
  DisableWebhookHandler,
  PauseWebhookHandler,
  RequestRedeliveryHandler,
  ResumeWebhookHandler,
  ReviseWebhookHandler,
  RotateWebhookSecretHandler,
  TestWebhookHandler,
  UpdateWebhookHandler,
  AcknowledgeNoticesHandler,
  CreateConsumerHandler,
  DeleteConsumerHandler,
  PauseConsumerHandler,
  ResumeConsumerHandler,
  SeekConsumerHandler,
];

const queryHandlers = [
  GetDownloadUriHandler,
  GetLatestVersionsHandler,
  GetModelVersionHandler,
  GetRegisteredModelHandler,
  GetVersionByAliasHandler,
  SearchModelsHandler,
  SearchVersionsHandler,
];

/** The whole service: the only list of Nest providers. */
@Module({})
export class AppModule {
  static with(adapters: Adapters): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [
        ...composed(adapters),
        ...commandHandlers,
        ...queryHandlers,
        ...nativeProviders,
        WebhookAddresses,
        WebhookSecrets,
        CommandPlanner,
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
    };
  }
}

/** The parts below the handlers, put together by hand: one look shows who knows whom. */
function composed(adapters: Adapters): Provider[] {
  const { store, snapshots, tracking, clock, reader, register, readModels, history, subscribers, metrics } =
    adapters;
  const models = new RegisteredModels(store, snapshots);
  const claims = new NameClaims(store, models);
  const directory = new ModelDirectory(claims);
  const catchingUp = new CatchingUp(store, readModels);
  const idempotency = new Idempotency(register, catchingUp);
  const refused = new RefusedCommands(store, models, directory, clock);
  const commands = new ModelCommands(models, claims, directory, idempotency, refused, catchingUp, clock);
  const feed = new NoticeFeed(history.notices, history.progress);
  const subscriberServices = {
    store,
    snapshots,
    idempotency,
    catchingUp: new CatchingUp(store, subscribers.progress),
    clock,
  };
  const envelopes = new Envelopes(adapters.source);
  const log = new LogStatus(store);
  metrics.watch({ log, models, readModels });
  return [
    { provide: Clock, useValue: clock },
    { provide: LogStatus, useValue: log },
    { provide: Courtesy, useValue: new Courtesy(() => commands.underWay) },
    { provide: ReadModels, useValue: readModels },
    { provide: RegistryReader, useValue: reader },
    { provide: ModelCommands, useValue: commands },
    { provide: SourceResolver, useValue: new SourceResolver(tracking, reader, catchingUp) },
    { provide: Metrics, useValue: metrics },
    { provide: SecretBox, useValue: adapters.secrets },
    { provide: WebhookSender, useValue: adapters.sender },
    { provide: HistoryProgress, useValue: history.progress },
    { provide: Moments, useValue: history.moments },
    { provide: PastReader, useValue: history.past },
    { provide: AuditReader, useValue: history.audit },
    { provide: SubscribersProgress, useValue: subscribers.progress },
    { provide: WebhooksReader, useValue: subscribers.webhooks },
    { provide: ConsumerFeed, useValue: new ConsumerFeed(subscribers.consumers, subscribers.progress, feed) },
    { provide: ConsumerLags, useValue: new ConsumerLags(history.notices) },
    { provide: ConsumersReader, useValue: subscribers.consumers },
    { provide: DeliveriesReader, useValue: subscribers.deliveries },
    { provide: WebhookCommands, useValue: new WebhookCommands(subscriberServices) },
    { provide: ConsumerCommands, useValue: new ConsumerCommands(subscriberServices) },
    {
      provide: StartPositions,
      useValue: new StartPositions(store, history.progress, history.moments, clock),
    },
    { provide: NoticeReader, useValue: history.notices },
    { provide: NoticeFeed, useValue: feed },
    { provide: Envelopes, useValue: envelopes },
    {
      provide: NoticeRequests,
      useValue: new NoticeRequests(envelopes, isAboutPrompt(history.past), adapters.secrets, clock),
    },
  ];
}
