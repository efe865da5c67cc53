import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { Walkthrough } from './walkthrough.js';

const page = new Walkthrough('audit.md');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

(Walkthrough.canBeWalked ? describe : describe.skip)('the post-mortem in docs/audit.md', () => {
  it('works as it stands, and refuses but who came too late', async () => {
    const { text, statuses } = await page.walk(server.url);
    expect(statuses.length).toBeGreaterThan(25);
    expect(statuses.filter((status) => !status?.startsWith('2'))).toEqual(['412']);
    expect(text).toContain('carla moved fraud v1 from Archived to Production, archiving v2');
    expect(text).toContain('# Incident report: fraud');
    expect(text).toContain('ben paused the consumer deployer');
  });
});
