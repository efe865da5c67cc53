import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnnalsProcess } from '../support/annals-process.js';
import type { Answer } from '../support/http-client.js';
import { readAnswers } from './read-answers.js';
import type { TwoNodes } from './two-nodes.js';
import { startTwoNodes } from './two-nodes.js';

let nodes: TwoNodes;
let one: AnnalsProcess;
let other: AnnalsProcess;
beforeAll(async () => {
  nodes = await startTwoNodes();
  ({ one, other } = nodes);
});
afterAll(() => nodes.end());

/** A name that nobody else has, on whatever server. */
const newName = () => `several-${randomUUID()}`;

const create = (node: AnnalsProcess, name: string, headers = {}) =>
  node.client.mlflow('POST', 'registered-models/create', { name }, headers);
const createVersion = (node: AnnalsProcess, name: string, source = 's3://bucket/model', headers = {}) =>
  node.client.mlflow('POST', 'model-versions/create', { name, source }, headers);
const rename = (node: AnnalsProcess, name: string, newName: string, headers = {}) =>
  node.client.mlflow('POST', 'registered-models/rename', { name, new_name: newName }, headers);
const get = (node: AnnalsProcess, name: string) =>
  node.client.mlflow('GET', `registered-models/get?name=${name}`);
const transition = (node: AnnalsProcess, name: string, version: number) =>
  node.client.mlflow('POST', 'model-versions/transition-stage', {
    name,
    version: String(version),
    stage: 'Production',
    archive_existing_versions: true,
  });

async function versionsOf(node: AnnalsProcess, name: string): Promise<readonly Record<string, string>[]> {
  const filter = encodeURIComponent(`name = '${name}'`);
  const { body } = await node.client.mlflow(
    'GET',
    `model-versions/search?filter=${filter}&max_results=10000`,
  );
  return body['model_versions'] ?? [];
}

const numbersTo = (length: number) => Array.from({ length }, (_, index) => index + 1);
const versionIn = ({ body }: Answer) => Number(body['model_version']?.['version']);
const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort((a, b) => a - b);
const errorsOf = (answers: readonly Answer[]) =>
  answers.map(({ body }) => body['error_code'] ?? 'none').sort();

/** Asks both nodes the same at the same moment. */
const both = (ask: (node: AnnalsProcess) => Promise<Answer>) => Promise.all([ask(one), ask(other)]);

/** So many clients, every second one at the other node, each asking so often, one after the other. */
async function clients(
  count: number,
  times: number,
  ask: (node: AnnalsProcess, client: number, time: number) => Promise<Answer>,
): Promise<Answer[]> {
  const client = async (_: unknown, client: number) => {
    const answers = [];
    for (let time = 0; time < times; time += 1)
      answers.push(await ask(client % 2 ? other : one, client, time));
    return answers;
  };
  return (await Promise.all(Array.from({ length: count }, client))).flat();
}

describe.each([
  ['', () => ({})],
  [' with an Idempotency-Key each', () => ({ 'idempotency-key': randomUUID() })],
])('64 clients who create versions of one model on two nodes%s', (_, headers) => {
  const name = newName();
  const each = 10;
  let answers: Answer[];
  beforeAll(async () => {
    await create(one, name);
    await nodes.untilCaughtUp();
    answers = await clients(64, each, (node, client, time) =>
      createVersion(node, name, `s3://bucket/${client}/${time}`, headers()),
    );
    await nodes.untilCaughtUp();
  });

  it('get every number once, and no error', () => {
    expect(statusesOf(answers)).toEqual(Array(64 * each).fill(200));
    expect(answers.map(versionIn).sort((a, b) => a - b)).toEqual(numbersTo(64 * each));
  });

  it('find the same on both nodes, and after each has built its read model anew', async () => {
    const before = await readAnswers(one.client, [name]);
    expect(await readAnswers(other.client, [name])).toEqual(before);
    await Promise.all([one.rebuild(), other.rebuild()]);
    expect(await readAnswers(one.client, [name])).toEqual(before);
    expect(await readAnswers(other.client, [name])).toEqual(before);
  });
});

it('40 transitions to Production on two nodes at once leave one version there', async () => {
  const name = newName();
  await create(one, name);
  await clients(40, 1, (_, client) => createVersion(one, name, `s3://bucket/${client}`));
  await nodes.untilCaughtUp();
  const answers = await clients(40, 1, (node, client) => transition(node, name, client + 1));
  expect(statusesOf(answers)).toEqual(Array(40).fill(200));
  await nodes.untilCaughtUp();
  for (const node of [one, other]) {
    const stages = (await versionsOf(node, name)).map((version) => version['current_stage']);
    expect(stages.filter((stage) => stage === 'Production')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'Archived')).toHaveLength(39);
  }
});

it('what is written on one node is soon seen on the other', async () => {
  const name = newName();
  await create(one, name);
  for (let version = 1; version <= 50; version += 1) {
    await createVersion(one, name);
    const written = performance.now();
    const read = () => other.client.mlflow('GET', `model-versions/get?name=${name}&version=${version}`);
    while ((await read()).status !== 200);
    expect(performance.now() - written).toBeLessThan(2_000);
  }
});

describe('the same request with the same Idempotency-Key on both nodes at once', () => {
  const rounds = 200;

  it('creates one version, and both get it', async () => {
    const name = newName();
    await create(one, name);
    await nodes.untilCaughtUp();
    for (let round = 1; round <= rounds; round += 1) {
      const key = { 'idempotency-key': randomUUID() };
      const [first, second] = await both((node) => createVersion(node, name, `s3://bucket/${round}`, key));
      expect([first?.status, second?.status]).toEqual([200, 200]);
      expect(first?.body).toEqual(second?.body);
      expect(versionIn(first)).toBe(round);
    }
    await nodes.untilCaughtUp();
    const sources = (await versionsOf(one, name)).map((version) => version['source']);
    expect(new Set(sources).size).toBe(rounds);
    expect(sources).toHaveLength(rounds);
  });

  it('registers one model, and both get it', async () => {
    for (let round = 0; round < rounds / 4; round += 1) {
      const [name, key] = [newName(), { 'idempotency-key': randomUUID() }];
      const [first, second] = await both((node) => create(node, name, key));
      expect([first?.status, second?.status]).toEqual([200, 200]);
      expect(first?.body).toEqual(second?.body);
    }
  });

  it('renames once, and both get the renamed model', async () => {
    let name = newName();
    await create(one, name);
    await nodes.untilCaughtUp();
    for (let round = 0; round < rounds / 4; round += 1) {
      const [next, key] = [newName(), { 'idempotency-key': randomUUID() }];
      const [from, to] = [name, next];
      const [first, second] = await both((node) => rename(node, from, to, key));
      expect([first?.status, second?.status]).toEqual([200, 200]);
      expect(first?.body).toEqual(second?.body);
      name = next;
    }
  });
});

describe('a name that is wanted on both nodes at once', () => {
  const rounds = 50;

  it('is given to one new model, and whoever is refused can read it', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const name = newName();
      const answers = await both(async (node) => {
        const answer = await create(node, name);
        expect((await get(node, name)).status).toBe(200);
        return answer;
      });
      expect(statusesOf(answers)).toEqual([200, 400]);
      expect(errorsOf(answers)).toEqual(['RESOURCE_ALREADY_EXISTS', 'none']);
    }
  });

  it('is given to one of two models that are renamed, and the other keeps its own', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [rose, lily, wanted] = [newName(), newName(), newName()];
      await Promise.all([create(one, rose), create(one, lily)]);
      const answers = await Promise.all([rename(one, rose, wanted), rename(other, lily, wanted)]);
      expect(errorsOf(answers)).toEqual(['RESOURCE_ALREADY_EXISTS', 'none']);
      await nodes.untilCaughtUp();
      const loser = answers[0]?.status === 200 ? lily : rose;
      const found = await Promise.all(
        [rose, lily, wanted].map(async (name) => (await get(other, name)).status),
      );
      expect([rose, lily, wanted].filter((_, index) => found[index] === 200)).toEqual([loser, wanted]);
    }
  });
});

it('a model that is renamed on both nodes at once gets one of the two names', async () => {
  for (let round = 0; round < 50; round += 1) {
    const [name, here, there] = [newName(), newName(), newName()];
    await create(one, name);
    const answers = await Promise.all([rename(one, name, here), rename(other, name, there)]);
    expect(errorsOf(answers)).toEqual(['RESOURCE_DOES_NOT_EXIST', 'none']);
    await nodes.untilCaughtUp();
    const found = await Promise.all([name, here, there].map(async (name) => (await get(one, name)).status));
    expect(found.filter((status) => status === 200)).toHaveLength(1);
  }
});

it('two models that swap their names on both nodes at once keep one each', async () => {
  for (let round = 0; round < 30; round += 1) {
    const [rose, lily] = [newName(), newName()];
    await Promise.all([create(one, rose), create(one, lily)]);
    const answers = await Promise.all([rename(one, rose, lily), rename(other, lily, rose)]);
    expect(statusesOf(answers).every((status) => status === 200 || status === 400)).toBe(true);
    await nodes.untilCaughtUp();
    for (const node of [one, other]) {
      expect([(await get(node, rose)).status, (await get(node, lily)).status]).toEqual([200, 200]);
    }
  }
});
