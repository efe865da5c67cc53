import { noticeTypes } from '../../../domain/notices/notice-type.js';
import { mediaTypes } from '../formats/negotiation.js';
import { deliveryHeaders, deliveryMessageNames, deliveryMessages } from './delivery-messages.js';
import { told } from './event-data.schema.js';
import { eventSchema } from './event-schema.js';

const title = 'Annals events';

/**
 * The AsyncAPI 3.0 document: what is told, and the three ways in which it is.
 *
 * @param base the path before every route, as the client knows it
 * @param version of the service
 */
export function asyncApiDocument(base: string, version: string) {
  return {
    asyncapi: '3.0.0',
    info: {
      title,
      version,
      description:
        'What happens in the registry, as CloudEvents 1.0. Every way tells the same, in log order: `sequence` sorts as the ' +
        'log does, and what has the same `source` and `id` is the same event, however often it is told.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: mediaTypes.cloudEvent,
    channels: {
      feed: {
        title: 'Feed',
        address: `${base}/events`,
        description: 'Fetched with GET, from any position on; `next` says where to go on.',
        messages: refs(noticeTypes),
      },
      stream: {
        title: 'Stream',
        address: `${base}/events/stream`,
        description:
          'Server-sent events: `event` is the type, `id` the position, `data` the event on one line.',
        messages: refs(noticeTypes),
      },
      webhook: {
        title: 'Webhook deliveries',
        address: null,
        description:
          'Sent with POST to the address of a webhook, at least once, those of one model in order: in the structured mode of ' +
          "CloudEvents' HTTP binding or in the binary one, as the webhook has it. A webhook of the format `mlflow` is sent " +
          "MLflow's own payload instead, with the same headers and MLflow's.",
        messages: refs(deliveryMessageNames),
      },
    },
    operations: {
      answerFeed: operation('feed', 'GET', 'Answers what was recorded after a place.'),
      sendStream: operation('stream', 'GET', 'Sends what is recorded, as it is recorded.'),
      deliverToWebhook: operation('webhook', 'POST', 'Delivers to a webhook what it wants to be told.'),
    },
    components: {
      messages: { ...messages(), ...deliveryMessages() },
      schemas: { ...schemas(), DeliveryHeaders: deliveryHeaders },
    },
  };
}

function operation(channel: string, method: 'GET' | 'POST', summary: string) {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${channel}` },
    summary,
    bindings: { http: { method, bindingVersion: '0.3.0' } },
  };
}

function refs(messageNames: readonly string[]) {
  return Object.fromEntries(messageNames.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function messages() {
  return Object.fromEntries(
    noticeTypes.map((type) => [
      type,
      {
        name: type,
        title: told(type).description,
        contentType: mediaTypes.cloudEvent,
        payload: { $ref: `#/components/schemas/${type}` },
      },
    ]),
  );
}

/** The same as are served one by one, in the format that AsyncAPI calls JSON Schema of 2020-12. */
function schemas() {
  return Object.fromEntries(
    noticeTypes.map((type) => [
      type,
      {
        schemaFormat: 'application/schema+json;version=draft-2020-12',
        schema: eventSchema(type),
      },
    ]),
  );
}
