import { consumerOperations } from '../consumers/consumer.operations.js';
import { eventOperations } from '../events/event.operations.js';
import { webhookOperations } from '../webhooks/webhook.operations.js';
import { aboutOperations } from './about.operations.js';
import { auditOperations } from './audit.operations.js';
import { modelOperations } from './model.operations.js';
import type { Operation } from './operation.js';
import { stageOperations } from './stage.operations.js';
import { writeOperations } from './write.operations.js';

/** Every route of the native API. A test compares them with those that there are. */
export const operations: readonly Operation[] = [
  ...modelOperations,
  ...stageOperations,
  ...auditOperations,
  ...writeOperations,
  ...webhookOperations,
  ...eventOperations,
  ...consumerOperations,
  ...aboutOperations,
];
