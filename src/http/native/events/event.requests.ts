import { noticeTypes } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import { InPath, InQuery } from '../requests/field.js';
import { listOf, text, wholeNumber } from '../requests/kind.js';
import { subject } from '../requests/model-reference.js';
import type { Subject } from '../requests/model-reference.js';
import type { SaidMoment } from '../requests/moment.js';
import { stage } from '../requests/stage.js';
import { noticeType } from '../requests/notice-type.js';
import { place, tagCondition } from './event-kinds.js';
import type { TagCondition } from './event-kinds.js';

export const maxEvents = 10_000;
export const longestWait = 60;
/** Browsers send it by themselves when they connect again. */
export const lastEventIdHeader = 'Last-Event-ID';

/** Which events. */
export class EventFilterRequest {
  @InQuery(
    listOf(noticeType()),
    'Only these types: whole, or without what stands before and behind in all of them.',
  )
  types?: readonly NoticeType[];

  @InQuery(
    text(1, 1_000),
    'Only of models of this name, in which `*` stands for any text, as they are called after the event.',
  )
  model?: string;

  @InQuery(
    subject(),
    'Only of this model, `fraud`, or of this version of it, `fraud/7`. A name means every model that had it, under all ' +
      'its names; `id:` and an id means one model.',
  )
  subject?: Subject;

  @InQuery(stage(), 'Only where a version left this stage or entered it.')
  stage?: Stage;

  @InQuery(stage(), 'Only where a version left this stage.')
  from?: Stage;

  @InQuery(stage(), 'Only where a version entered this stage. With `from`: the same one.')
  to?: Stage;

  @InQuery(
    tagCondition(),
    'Only where the model, or the version that it is about, has this tag after the event: `key`, or `key=value`.',
  )
  tag?: TagCondition;
}

export class EventsRequest extends EventFilterRequest {
  @InQuery(
    place(),
    'Where to go on: the events after this position, or those that were recorded after this time. 0, or nothing: from ' +
      'the beginning.',
  )
  after?: SaidMoment;

  @InQuery(
    wholeNumber(1, maxEvents),
    'How many events at most. Those of one position come together, so that there may be one more.',
  )
  limit = 100;

  @InQuery(
    wholeNumber(0, longestWait),
    'Seconds to wait for the first event where there is none yet. Then the answer has none, and `next` has moved on.',
  )
  wait = 0;
}

export class StreamRequest extends EventFilterRequest {
  @InQuery(
    place(),
    'Where to go on: the events after this position, or those that were recorded after this time. `Last-Event-ID` takes ' +
      'its place. Without both: what is recorded from now on.',
  )
  after?: SaidMoment;
}

export class EventRequest {
  @InPath(text(1, 100), 'The `id` of the event.') id!: string;
}

export class SchemaRequest {
  @InPath(text(1, 100), `A type, such as ${noticeTypes[0]}.`) type!: string;
}
