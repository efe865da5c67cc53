import { consumerSchemas } from '../consumers/consumer.schemas.js';
import { eventApiSchemas } from '../events/event-api.schemas.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { webhookSchemas } from '../webhooks/webhook.schemas.js';
import { auditSchemas } from './audit.schemas.js';
import { modelSchemas } from './model.schemas.js';
import { problemSchemas } from './problem.schemas.js';
import { reportSchemas } from './report.schemas.js';
import { described, integer, nullable, object, time } from './schema-words.js';
import { stageSchemas } from './stage.schemas.js';
import { writeSchemas } from './write.schemas.js';

/** What the native API answers with, by name. */
export const schemas: Readonly<Record<string, JsonSchema>> = {
  AsOf: object(
    {
      position: described(integer, 'Place in the log. 0 when nothing has been recorded yet.'),
      time: nullable(time, 'When the newest event up to there was recorded.'),
    },
    'What the answer was computed at: everything up to there and nothing after it.',
  ),
  ...modelSchemas,
  ...stageSchemas,
  ...auditSchemas,
  ...reportSchemas,
  ...writeSchemas,
  ...webhookSchemas,
  ...eventApiSchemas,
  ...consumerSchemas,
  ...problemSchemas,
};
