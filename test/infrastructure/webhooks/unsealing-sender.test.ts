import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withCredentials } from '../../../src/domain/webhook/url-credentials.js';
import { AesSecretBox } from '../../../src/infrastructure/webhooks/aes-secret-box.js';
import { UnsealingSender } from '../../../src/infrastructure/webhooks/unsealing-sender.js';
import { senderFor, startEndpoint } from './endpoint.js';
import type { TestEndpoint } from './endpoint.js';

const request = { headers: { 'content-type': 'application/json' }, body: '{}' };

function newBox(): AesSecretBox {
  return new AesSecretBox([createSecretKey(randomBytes(32))]);
}

describe('a webhook whose URL has user and password sealed', () => {
  const http = senderFor({}, ['127.0.0.1']);
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    endpoint = await startEndpoint();
  });

  afterAll(async () => {
    http.close();
    await endpoint.close();
  });

  const sealedUrl = (sealed: string) => withCredentials(`http://u@127.0.0.1:${endpoint.port}/hook`, sealed);

  it('is sent with them', async () => {
    const box = newBox();
    const url = sealedUrl(box.seal('ada:p%40ss'));
    expect(url).not.toContain('p%40ss');
    expect(await new UnsealingSender(http, box).send({ ...request, url })).toMatchObject({ status: 200 });
    const { headers, url: path } = endpoint.arrived.at(-1)!;
    expect([path, headers.authorization]).toEqual(['/hook', `Basic ${btoa('ada:p@ss')}`]);
  });

  it('is not sent without the key, and says why', async () => {
    const arrived = endpoint.arrived.length;
    const url = sealedUrl(newBox().seal('ada:pass'));
    expect(await new UnsealingSender(http, newBox()).send({ ...request, url })).toMatchObject({
      status: null,
      error: expect.stringContaining('which this service does not have'),
    });
    expect(endpoint.arrived).toHaveLength(arrived);
  });

  it('is sent as it is if it has neither', async () => {
    const url = `http://127.0.0.1:${endpoint.port}/plain`;
    expect(await new UnsealingSender(http, newBox()).send({ ...request, url })).toMatchObject({
      status: 200,
    });
    expect(endpoint.arrived.at(-1)?.headers.authorization).toBeUndefined();
  });
});
