import { describe, expect, it } from '@jest/globals';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { decide } from '../../../src/domain/webhook/decide.js';
import { evolve } from '../../../src/domain/webhook/evolve.js';
import { noWebhook } from '../../../src/domain/webhook/webhook.js';
import {
  command,
  commandTypes,
  created,
  deleted,
  disabled,
  event,
  given,
  noon,
  paused,
  resumed,
  rotated,
  settings,
  updated,
  webhookId,
} from '../../support/webhook-words.js';

const missing = `Webhook with ID ${webhookId} not found.`;
const live = created();
const toProduction = { ...everyNotice, to: 'Production' } as const;

describe('creating a webhook', () => {
  it('records its settings, from where on it is told, and its secret', () =>
    given().when(command('CreateWebhook')).thenEvents(created()));

  it('may leave it paused, and unsigned', () =>
    given()
      .when(command('CreateWebhook', { status: 'paused', secret: null }))
      .thenEvents(created({ status: 'paused', secret: null })));

  it.each(['', ' ', 'x'.repeat(257)])('refuses the name %j', (name) =>
    given()
      .when(command('CreateWebhook', { settings: { ...settings, name } }))
      .thenRefused('INVALID_PARAMETER_VALUE', "A webhook's name has to be text of 1 to 256 characters."),
  );

  it.each([[[live]], [[live, deleted]]])('is refused where there is or was one', (history) =>
    given(...history)
      .when(command('CreateWebhook'))
      .thenRefused('RESOURCE_ALREADY_EXISTS', `There is a webhook with ID ${webhookId} already.`),
  );
});

describe("a webhook of MLflow's format that would be told nothing", () => {
  const none = { ...settings, format: 'mlflow', filter: toProduction } as const;
  const unknown =
    'The filter keeps out all events that MLflow knows: in the format mlflow, nothing would ever be sent.';

  it('is not created', () =>
    given()
      .when(command('CreateWebhook', { settings: none }))
      .thenRefused('INVALID_PARAMETER_VALUE', unknown));

  it('does not become of another one, by its filter or its format', () => {
    given(created({ format: 'mlflow' }))
      .when(command('UpdateWebhook', { changes: { filter: toProduction } }))
      .thenRefused('INVALID_PARAMETER_VALUE', unknown);
    given(created({ filter: toProduction }))
      .when(command('UpdateWebhook', { changes: { format: 'mlflow' } }))
      .thenRefused('INVALID_PARAMETER_VALUE', unknown);
  });

  it('does not become of one that names other events than its filter lets through', () => {
    const types = ['io.annals.registry.model.registered.v1'] as const;
    given(created({ format: 'mlflow', mlflowEvents: ['model_version.created'] }))
      .when(command('UpdateWebhook', { changes: { filter: { ...everyNotice, types } } }))
      .thenRefused(
        'INVALID_PARAMETER_VALUE',
        'The filter keeps out all events of MLflow that the webhook names (model_version.created): in the format mlflow, ' +
          'nothing would ever be sent.',
      );
  });
});

describe('a webhook that is not there', () => {
  const others = commandTypes.filter((type) => type !== 'CreateWebhook');

  it.each(others)('refuses %s', (type) =>
    given().when(command(type)).thenRefused('RESOURCE_DOES_NOT_EXIST', missing),
  );

  it.each(others)('refuses %s after it was deleted', (type) =>
    given(live, deleted).when(command(type)).thenRefused('RESOURCE_DOES_NOT_EXIST', missing),
  );

  it('has no secrets any more', () =>
    expect([live, deleted].reduce(evolve, noWebhook)).toEqual({ status: 'deleted' }));
});

describe('updating a webhook', () => {
  it('changes what is named and nothing else', () =>
    given(live)
      .when(command('UpdateWebhook', { changes: { url: 'https://other.example/', filter: toProduction } }))
      .thenEvents(updated({ url: 'https://other.example/', filter: toProduction })));

  it('records nothing when everything is so already', () =>
    given(live)
      .when(command('UpdateWebhook', { changes: { name: settings.name, filter: { ...everyNotice } } }))
      .thenNothing());

  it('records nothing when the types of its filter are named in another order', () => {
    const types = ['io.annals.registry.model.registered.v1', 'io.annals.registry.model.renamed.v1'] as const;
    given(created({ filter: { ...everyNotice, types } }))
      .when(command('UpdateWebhook', { changes: { filter: { ...everyNotice, types: types.toReversed() } } }))
      .thenNothing();
  });

  it('builds on earlier changes', () =>
    given(live, updated({ format: 'mlflow' }))
      .when(command('UpdateWebhook', { changes: { name: 'pager' } }))
      .thenEvents(updated({ format: 'mlflow', name: 'pager' })));

  it('refuses a name that is none', () =>
    given(live)
      .when(command('UpdateWebhook', { changes: { name: '' } }))
      .thenRefused('INVALID_PARAMETER_VALUE', "A webhook's name has to be text of 1 to 256 characters."));

  it('pauses it at the same time', () =>
    given(live)
      .when(command('UpdateWebhook', { changes: { name: 'pager' }, status: 'paused' }))
      .thenEvents(updated({ name: 'pager' }), paused));

  it('resumes it at the same time', () =>
    given(live, disabled)
      .when(command('UpdateWebhook', { status: 'active' }))
      .thenEvents(resumed));

  it('leaves it alone when it is as it was asked to be', () => {
    given(live)
      .when(command('UpdateWebhook', { status: 'active' }))
      .thenNothing();
    given(live, paused)
      .when(command('UpdateWebhook', { status: 'paused' }))
      .thenNothing();
  });
});

describe('pausing and resuming', () => {
  it('an active one is paused', () => given(live).when(command('PauseWebhook')).thenEvents(paused));

  it('a paused one stays paused', () => given(live, paused).when(command('PauseWebhook')).thenNothing());

  it('a disabled one stays disabled, and says why', () =>
    given(live, disabled).when(command('PauseWebhook')).thenNothing());

  it.each([
    ['paused', paused],
    ['disabled', disabled],
  ])('a %s one is resumed where it stopped', (_, stopped) => {
    given(live, stopped).when(command('ResumeWebhook')).thenEvents(resumed);
    given(live, stopped)
      .when(command('ResumeWebhook'))
      .thenState({ status: 'active', after: 7, disabled: null });
  });

  it('it is resumed from another position on, if that is asked for', () =>
    given(live, paused)
      .when(command('ResumeWebhook', { after: 42 }))
      .thenState({ status: 'active', after: 42 }));

  it('an active one is not resumed', () => {
    given(live).when(command('ResumeWebhook')).thenNothing();
    given(live)
      .when(command('ResumeWebhook', { after: 42 }))
      .thenNothing();
  });
});

describe('disabling', () => {
  it('says why', () => {
    given(live).when(command('DisableWebhook')).thenEvents(disabled);
    given(live, paused)
      .when(command('DisableWebhook'))
      .thenState({
        status: 'disabled',
        disabled: { reason: 'gone', detail: 'It answered 410.' },
      });
  });

  it('happens once', () =>
    given(live, disabled)
      .when(command('DisableWebhook', { reason: 'failing', detail: 'Five days.' }))
      .thenNothing());
});

describe('rotating the secret', () => {
  const tomorrow = '2026-01-02T12:00:00.000Z';

  it('keeps the one before valid for a while', () =>
    given(live).when(command('RotateWebhookSecret')).thenEvents(rotated('sealed-2', tomorrow)));

  it('ends the one before at once when that is asked for', () =>
    given(live)
      .when(command('RotateWebhookSecret', { previousValidFor: 0 }))
      .thenEvents(rotated('sealed-2', null)));

  it('gives one to a webhook that had none', () => {
    given(created({ secret: null }))
      .when(command('RotateWebhookSecret'))
      .thenEvents(rotated('sealed-2', null));
    given(created({ secret: null }))
      .when(command('RotateWebhookSecret'))
      .thenState({ secrets: [{ sealed: 'sealed-2', until: null }] });
  });

  it('lets two live at most: the newest, and the one before it for a while', () =>
    given(live, rotated('sealed-2', tomorrow), rotated('sealed-3', tomorrow)).thenState({
      secrets: [
        { sealed: 'sealed-3', until: null },
        { sealed: 'sealed-2', until: noon + 86_400_000 },
      ],
    }));

  it('lets the newest live for ever, and nothing else after a rotation at once', () =>
    given(live, rotated('sealed-2', tomorrow), rotated('sealed-3', null)).thenState({
      secrets: [{ sealed: 'sealed-3', until: null }],
    }));
});

describe('redelivery', () => {
  it.each([{ noticeId: 'notice-1' }, { from: 3, to: 3 }, { failedSince: '2026-01-01T00:00:00.000Z' }])(
    'is asked for as %j',
    (redelivered) =>
      given(live)
        .when(command('RequestRedelivery', { redelivered }))
        .thenEvents(event('RedeliveryRequested', redelivered)),
  );

  it('of a range that ends before it begins is refused', () =>
    given(live)
      .when(command('RequestRedelivery', { redelivered: { from: 4, to: 3 } }))
      .thenRefused('INVALID_PARAMETER_VALUE', 'A range of positions ends where it begins, or behind that.'));

  it('waits while the webhook is paused', () =>
    given(live, paused)
      .when(command('RequestRedelivery'))
      .thenEvents(event('RedeliveryRequested', { noticeId: 'notice-1' })));
});

describe('what happened to a webhook', () => {
  it('moves the time of its last change, but for tests and redeliveries', () => {
    const later = noon + 60_000;
    given(live, updated({ name: 'pager' }, later)).thenState({ createdAt: noon, updatedAt: later });
    const tested = { noticeType: 'sample', status: 200, error: null, milliseconds: 1, excerpt: null };
    given(
      live,
      event('WebhookTested', tested, later),
      event('RedeliveryRequested', { noticeId: 'notice-1' }, later),
      event('NothingChanged', {}, later),
    ).thenState({ updatedAt: noon, lastTest: tested });
  });

  it('is never refused by the state, however odd it is', () => {
    const before = [deleted, paused].reduce(evolve, noWebhook);
    expect(before).toEqual(noWebhook);
    expect(() => decide(before, command('DeleteWebhook'))).toThrow(missing);
  });
});
