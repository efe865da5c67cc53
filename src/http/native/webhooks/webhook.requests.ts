import type { StartFrom } from '../../../application/deciding/start-positions.js';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import { webhookFormats } from '../../../domain/webhook/events.js';
import type { WebhookFormat } from '../../../domain/webhook/events.js';
import { InBody, InPath, InQuery, RequiredInBody } from '../requests/field.js';
import { flag, oneOf, text, uuid, wholeNumber } from '../requests/kind.js';
import { noticeFilter } from '../requests/notice-filter.js';
import { start } from '../requests/start.js';
import { endpointUrl, signingSecret } from './webhook-kinds.js';

const maxName = 256;
const maxDescription = 10_000;
const daySeconds = 86_400;
const longestOverlap = 30 * daySeconds;

const about = {
  name: 'What it is called. Several may be called the same.',
  url: 'Where requests are sent. A user and a password in it are sent along, and never shown again.',
  description: 'For people. Empty: none.',
  format:
    'How events are put into requests: CloudEvents 1.0 in structured or in binary mode, or as MLflow puts its own, ' +
    'where only what MLflow knows can be told.',
  filter: 'Which events it is told. Without it: all.',
  dryRun: 'Answers what would happen and changes nothing.',
  id: 'The id of the webhook.',
};

export class WebhookRequest {
  @InPath(uuid(), about.id) webhook!: string;
}

export class CreateWebhookRequest {
  @RequiredInBody(text(1, maxName), about.name) name!: string;
  @RequiredInBody(endpointUrl(), about.url) url!: string;
  @InBody(text(0, maxDescription), about.description) description?: string;
  @InBody(oneOf(...webhookFormats), about.format) format: WebhookFormat = 'cloudevents';
  @InBody(noticeFilter(), about.filter) filter?: NoticeFilter;

  @InBody(
    start(),
    'From where on it is told: everything that is recorded after that. `now`, `beginning`, a time, or `position:` and ' +
      'a position of the log.',
  )
  startFrom: StartFrom = 'now';

  @InBody(signingSecret(), 'The secret that requests are signed with. Without it, one is made.')
  secret?: string;

  @InBody(flag(), 'Whether requests are signed, as Standard Webhooks 1.0 has it.') signed = true;

  @InBody(oneOf('active', 'paused'), 'A paused one is told nothing until it is resumed, and misses nothing.')
  status: 'active' | 'paused' = 'active';

  @InQuery(flag(), about.dryRun) dryRun = false;
}

export class UpdateWebhookRequest extends WebhookRequest {
  @InBody(text(1, maxName), about.name) name?: string;
  @InBody(endpointUrl(), about.url) url?: string;
  @InBody(text(0, maxDescription), about.description) description?: string;
  @InBody(oneOf(...webhookFormats), about.format) format?: WebhookFormat;
  @InBody(noticeFilter(), 'Which events it is told. It takes the place of the whole filter before.')
  filter?: NoticeFilter;

  @InQuery(flag(), about.dryRun) dryRun = false;
}

export class ResumeWebhookRequest extends WebhookRequest {
  @InBody(
    oneOf('whereItStopped', 'now'),
    'Where it goes on: it is told everything that it has missed, or only what is recorded from now on.',
  )
  from: 'whereItStopped' | 'now' = 'whereItStopped';
}

export class RotateSecretRequest extends WebhookRequest {
  @InBody(signingSecret(), 'The new secret. Without it, one is made.') secret?: string;

  @InBody(
    wholeNumber(0, longestOverlap),
    'For how many seconds requests are signed with the secret before, too. 0: not from now on.',
  )
  previousValidFor = daySeconds;
}
