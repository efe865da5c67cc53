import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CreateWebhook,
  CreateWebhookHandler,
} from '../../../src/application/commands/webhooks/create-webhook.js';
import { GivenSecret } from '../../../src/application/commands/webhooks/given-secret.js';
import type { SecretWish } from '../../../src/application/commands/webhooks/given-secret.js';
import { WebhookAddresses } from '../../../src/application/commands/webhooks/webhook-addresses.js';
import { WebhookSecrets } from '../../../src/application/commands/webhooks/webhook-secrets.js';
import { CatchingUp } from '../../../src/application/deciding/catching-up.js';
import type { CommandContext } from '../../../src/application/deciding/command-context.js';
import { Idempotency } from '../../../src/application/deciding/idempotency.js';
import type { StartPositions } from '../../../src/application/deciding/start-positions.js';
import { WebhookCommands } from '../../../src/application/deciding/webhook-commands.js';
import { SecretBox, SecretUnreadableError } from '../../../src/application/ports/secret-box.js';
import { WebhookSender } from '../../../src/application/ports/webhook-sender.js';
import type { WebhookAnswer } from '../../../src/application/ports/webhook-sender.js';
import { invalidParameter } from '../../../src/domain/registry-error.js';
import { AnsweredRequests, InMemorySnapshots, SetClock } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';
import { settings } from '../../support/webhook-words.js';

/** Turns texts round, which is no encryption, and can lose its key. */
class TurningBox extends SecretBox {
  hasKey = true;

  override seal(plain: string): string {
    return Array.from(plain).toReversed().join('');
  }

  override open(sealed: string): string {
    if (!this.hasKey) throw new SecretUnreadableError('no key');
    return this.seal(sealed);
  }
}

class Unsent extends WebhookSender {
  override send(): Promise<WebhookAnswer> {
    throw new Error('Nothing is sent here');
  }

  override async refuseUnreachable(url: string): Promise<void> {
    if (url.includes('localhost')) throw invalidParameter('It is not public.');
  }
}

let log: WatchedLog;
const box = new TurningBox();

beforeEach(() => {
  log = new WatchedLog();
  box.hasKey = true;
});
afterEach(() => log.close());

/** A process of its own, which knows of the others by the log alone. */
function newNode() {
  const readModel = new AnsweredRequests(log);
  const catchingUp = new CatchingUp(log, readModel);
  const idempotency = new Idempotency(readModel, catchingUp);
  const services = { store: log, snapshots: new InMemorySnapshots(), idempotency, catchingUp };
  const handler = new CreateWebhookHandler(
    new WebhookCommands({ ...services, clock: new SetClock() }),
    new WebhookAddresses(new Unsent(), box),
    new WebhookSecrets(box),
    { resolve: () => log.head() } as unknown as StartPositions,
  );
  return (asker: Partial<CommandContext> = {}, secret: SecretWish = 'generated', url = settings.url) => {
    const request = { settings: { ...settings, url }, startFrom: 'now', secret, status: 'active' } as const;
    return handler.execute(new CreateWebhook(request, context(asker)));
  };
}

const key = { idempotencyKey: 'key-1' };
const recorded = () => all(log.readAll());

describe('creating a webhook', () => {
  it('makes a secret of 32 random bytes, and keeps it sealed', async () => {
    const { secret, webhook } = await newNode()();
    expect(Buffer.from(secret?.slice('whsec_'.length) ?? '', 'base64')).toHaveLength(32);
    expect(webhook.secrets).toEqual([{ sealed: box.seal(secret ?? ''), until: null }]);
    expect(JSON.stringify(await recorded())).not.toContain(secret);
  });

  it('has an id of its own each time', async () => {
    const create = newNode();
    const [one, other] = [await create(), await create()];
    expect(one.webhook.id).not.toBe(other.webhook.id);
    expect(one.secret).not.toBe(other.secret);
  });

  it('is done once when two nodes get it at the same time with one Idempotency-Key', async () => {
    const [one, other] = [newNode(), newNode()];
    let meanwhile: ReturnType<typeof one> | undefined;
    log.beforeAppend = times(1, () => (meanwhile = other(key)));
    const late = await one(key);
    expect(await meanwhile).toEqual(late);
    expect(await recorded()).toHaveLength(1);
  });

  it('is done once when one node gets it many times', async () => {
    const create = newNode();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(key)));
    expect(new Set(answers.map(({ secret }) => secret)).size).toBe(1);
    expect(await recorded()).toHaveLength(1);
  });

  it('leaves nothing of a secret that was brought along but what is sealed', async () => {
    await newNode()(key, new GivenSecret('open-sesame'));
    await newNode()({}, new GivenSecret('open-sesame'));
    expect(JSON.stringify(await recorded())).not.toContain('open-sesame');
    expect(JSON.stringify(new GivenSecret('open-sesame'))).toBe('"***"');
    const [first, second] = await Promise.all(
      ['a', 'b'].map((text) => newNode()({ idempotencyKey: text }, new GivenSecret(text))),
    );
    expect([first?.secret, second?.secret]).toEqual(['a', 'b']);
  });

  it('is a conflict when the same key brings another secret', async () => {
    await newNode()(key, new GivenSecret('one'));
    await expect(newNode()(key, new GivenSecret('two'))).rejects.toMatchObject({
      code: 'RESOURCE_CONFLICT',
      message: "The Idempotency-Key 'key-1' was used with another request before.",
    });
  });

  it('says so when the secret cannot be read any more', async () => {
    await newNode()(key);
    box.hasKey = false;
    await expect(newNode()(key)).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
  });

  it('refuses an address that cannot be reached, by the name of the parameter', async () => {
    const refused = newNode()({}, 'none', 'https://localhost/');
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      parameter: 'url',
      message: 'It is not public.',
    });
    expect(await recorded()).toEqual([]);
  });

  it('keeps user and password of its URL sealed, in their place', async () => {
    const { webhook } = await newNode()({}, 'none', 'https://ada:pass@example.org/hook');
    expect(webhook.url).toBe(`https://${box.seal('ada:pass')}@example.org/hook`);
    expect(JSON.stringify(await recorded())).not.toContain('ada:pass');
  });

  it('records nothing in a dry run', async () => {
    const { webhook } = await newNode()({ dryRun: true }, 'none');
    expect(webhook).toMatchObject({ name: settings.name, secrets: [] });
    expect(await recorded()).toEqual([]);
  });
});
