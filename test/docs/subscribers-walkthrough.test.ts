import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { ExampleSubscriber } from './example-subscriber.js';
import { Walkthrough } from './walkthrough.js';

const page = new Walkthrough('subscribers.md');
let server: TestServer;
let deployer: ExampleSubscriber;

beforeAll(async () => {
  server = await startTestServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
  deployer = await ExampleSubscriber.start(process.execPath, 'deployer.ts', server.url);
});

afterAll(async () => {
  await deployer.interrupt();
  await server.close();
});

(Walkthrough.canBeWalked ? describe : describe.skip)('the deployment in docs/subscribers.md', () => {
  it('works as it stands, with the subscriber of docs/examples', async () => {
    const { text, statuses } = await page.walk(server.url);
    expect(statuses.filter((status) => status !== '200' && status !== '201')).toEqual([]);
    expect(statuses.length).toBeGreaterThan(15);
    expect(text).toContain('"outcome":"delivered"');
    expect(text).toContain('event: io.annals.registry.production.changed.v1');

    await deployer.untilPrinted('deploy fraud v2\n');
    const [, first, second] = deployer.lines;
    expect([first, second]).toEqual(['deploy fraud v1', 'deploy fraud v2']);

    await deployer.interrupt();
    expect((await server.send('GET', '/api/v1/webhooks')).body).toEqual({ items: [] });
  });
});
