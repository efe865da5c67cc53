import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const page = readFileSync(new URL('../../docs/audit.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block ?? []);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

/** What the commands print, each answer with its status. */
async function output(script: string): Promise<string> {
  const shell = spawn('bash', ['-eu', '-c', script]);
  let text = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  await new Promise((resolve) => shell.on('close', resolve));
  return text;
}

if (!hasCurl) process.stderr.write('SKIPPED the post-mortem in docs/audit.md: there is no curl\n');

(hasCurl ? describe : describe.skip)('the post-mortem in docs/audit.md', () => {
  it('works as it stands, and refuses but who came too late', async () => {
    const script = blocks
      .join('\n')
      .replaceAll('http://127.0.0.1:5000', server.url)
      .replaceAll('curl -sS', String.raw`curl -sS -w '\nstatus %{http_code}\n'`);
    const text = await output(script);
    const statuses = [...text.matchAll(/^status (\d+)$/gm)].map(([, status]) => status);
    expect(statuses.length).toBeGreaterThan(25);
    expect(statuses.filter((status) => !status?.startsWith('2'))).toEqual(['412']);
    expect(text).toContain('carla moved fraud v1 from Archived to Production, archiving v2');
    expect(text).toContain('# Incident report: fraud');
    expect(text).toContain('ben paused the consumer deployer');
  }, 30_000);
});
