import { describe, expect, it } from '@jest/globals';
import { mlflowEvents } from '../../../../src/domain/webhook/mlflow-events.js';
import { eventMessage, readEvent, readEvents } from '../../../../src/http/mlflow/webhooks/event-message.js';
import { refusal } from '../refusal.js';

describe('An event of a webhook', () => {
  it.each(mlflowEvents)('%s is read from the message that it is written as', (event) =>
    expect(readEvent(eventMessage(event))).toBe(event),
  );

  it('is written in upper case', () =>
    expect(eventMessage('model_version_tag.set')).toEqual({ entity: 'MODEL_VERSION_TAG', action: 'SET' }));

  it.each([
    [{ entity: 1, action: 1 }, 'registered_model.created'],
    [{ entity: 2, action: 'CREATED' }, 'model_version.created'],
    [{ entity: '3', action: '4' }, 'model_version_tag.set'],
    [{ entity: 4, action: 3 }, 'model_version_alias.deleted'],
    [{ entity: 'PROMPT', action: 1 }, 'prompt.created'],
    [{ entity: 10, action: 5 }, 'budget_policy.exceeded'],
  ])('is read from numbers, too: %j', (sent, event) => expect(readEvent(sent)).toBe(event));

  it.each([
    [
      { entity: 'PROMPT', action: 'DELETED' },
      "'deleted' for entity 'prompt'. Valid actions are: ['created']",
    ],
    [{ entity: 2, action: 2 }, "'updated' for entity 'model_version'. Valid actions are: ['created']"],
    [
      { entity: 'PROMPT_TAG', action: 'CREATED' },
      "'created' for entity 'prompt_tag'. Valid actions are: ['deleted', 'set']",
    ],
  ])('is refused in the words of MLflow when nothing of the kind happens: %j', (sent, words) =>
    expect(refusal(() => readEvent(sent))).toBe(`Invalid action ${words}`),
  );

  it.each([
    [
      { entity: 'NOPE', action: 'CREATED' },
      'Invalid entity "NOPE" of a webhook event. Valid ones are: [\'REGIS',
    ],
    [{ entity: 'prompt', action: 'CREATED' }, 'Invalid entity "prompt" of a webhook event.'],
    [{ entity: 0, action: 1 }, 'Invalid entity 0 of a webhook event.'],
    [{ entity: 11, action: 1 }, 'Invalid entity 11 of a webhook event.'],
    [{ entity: 'ENTITY_UNSPECIFIED', action: 1 }, 'Invalid entity "ENTITY_UNSPECIFIED" of a webhook event.'],
    [{ entity: '05', action: 1 }, 'Invalid entity "05" of a webhook event.'],
    [{ entity: [5], action: 1 }, 'Invalid entity [5] of a webhook event.'],
    [{ entity: 'PROMPT', action: 'created' }, 'Invalid action "created" of a webhook event. Valid ones are:'],
    [{ entity: 'PROMPT' }, "No action of a webhook event. Valid ones are: ['CREATED'"],
    [{ action: 'CREATED' }, 'No entity of a webhook event.'],
    [{}, 'No entity of a webhook event.'],
    ['prompt.created', 'Invalid webhook event "prompt.created". It has to have an entity and an action.'],
    [null, 'Invalid webhook event null.'],
    [['PROMPT', 'CREATED'], 'Invalid webhook event ["PROMPT","CREATED"].'],
  ])('is refused when it means nothing: %j', (sent, words) =>
    expect(refusal(() => readEvent(sent))).toContain(words),
  );
});

describe('The events of a webhook', () => {
  it('keep their order', () => {
    const events = ['prompt.created', 'model_version.created'] as const;
    expect(readEvents(events.map(eventMessage))).toEqual(events);
  });

  it('are refused when one is there twice, be it in other words', () =>
    expect(
      refusal(() =>
        readEvents([
          { entity: 'PROMPT', action: 'CREATED' },
          { entity: 5, action: 1 },
        ]),
      ),
    ).toBe("Webhook events must be different from each other: 'prompt.created' is there twice."));
});
