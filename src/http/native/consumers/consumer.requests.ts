import type { StartFrom } from '../../../application/deciding/start-positions.js';
import { consumerName, consumerNamePattern, maxConsumerNameLength } from '../../../domain/consumer/name.js';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import { InBody, InPath, InQuery, RequiredInBody } from '../requests/field.js';
import { oneOf, text, wholeNumber } from '../requests/kind.js';
import type { Kind } from '../requests/kind.js';
import { instant } from '../requests/moment.js';
import { noticeFilter } from '../requests/notice-filter.js';
import { start } from '../requests/start.js';

const maxDescription = 10_000;
const maxEvents = 1_000;
const longestWait = 60;

function name(): Kind<string> {
  return {
    schema: { type: 'string', pattern: consumerNamePattern },
    valid: `1 to ${maxConsumerNameLength} letters, digits, dots, underscores and hyphens`,
    read: (sent) => consumerName(String(sent)),
  };
}

const position = () => wholeNumber(0, Number.MAX_SAFE_INTEGER);

export class ConsumerRequest {
  @InPath(name(), 'The name of the consumer.') name!: string;
}

export class CreateConsumerRequest extends ConsumerRequest {
  @InBody(text(0, maxDescription), 'For people. Empty: none.') description?: string;

  @InBody(noticeFilter(), 'Which events it is given. Without it: all.') filter?: NoticeFilter;

  @InBody(
    start(),
    'From where on, if it is not there yet: it is given everything that is recorded after that. `now`, `beginning`, a ' +
      'time, or `position:` and a position of the log.',
  )
  startFrom: StartFrom = 'now';
}

export class ConsumerEventsRequest extends ConsumerRequest {
  @InQuery(
    wholeNumber(1, maxEvents),
    'How many events at most. Those of one position come together, so that there may be one more.',
  )
  limit = 100;

  @InQuery(wholeNumber(0, longestWait), 'Seconds to wait for the first event where there is none yet.')
  wait = 0;
}

export class AcknowledgeRequest extends ConsumerRequest {
  @RequiredInBody(
    position(),
    'Everything up to here has been dealt with: `position` of the page, or that of one of its events. What is behind the ' +
      'checkpoint changes nothing.',
  )
  position!: number;

  @InBody(
    position(),
    '`checkpoint` of the page: if the consumer was put back to before that since, the answer is a 409 and nothing is ' +
      'passed over.',
  )
  after?: number;
}

export class SeekRequest extends ConsumerRequest {
  @InBody(position(), 'The checkpoint is put here: what follows is given next.') position?: number;

  @InBody(instant(), 'In place of `position`: what was recorded after this time is given next.')
  time?: number;

  @InBody(
    oneOf('beginning', 'now'),
    'In place of `position`: everything is given next, or only what is recorded from now on.',
  )
  to?: 'beginning' | 'now';
}
