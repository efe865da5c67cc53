import { describe, expect, it } from '@jest/globals';
import { CatchingUp } from '../../../src/application/deciding/catching-up.js';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import type { LoggedModel } from '../../../src/application/ports/tracking-server.js';
import { TrackingServer, TrackingServerError } from '../../../src/application/ports/tracking-server.js';
import type { RegistryReader } from '../../../src/application/queries/registry-reader.js';
import type { ModelVersionView } from '../../../src/application/queries/views.js';
import { SourceResolver } from '../../../src/application/sources/source-resolver.js';
import type { GivenSource } from '../../../src/application/sources/source-resolver.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { UpToDate } from '../../support/in-memory-ports.js';

/** Knows some runs by where they keep their artifacts, and some logged models. */
class KnownRuns extends TrackingServer {
  override readonly configured = true;
  readonly asked: string[] = [];

  constructor(
    private readonly runs: Readonly<Record<string, string>> = {},
    private readonly models: Readonly<Record<string, LoggedModel>> = {},
  ) {
    super();
  }

  override async artifactUriOfRun(runId: string): Promise<string | undefined> {
    this.asked.push(runId);
    return this.runs[runId];
  }

  override async loggedModel(loggedModelId: string): Promise<LoggedModel | undefined> {
    this.asked.push(loggedModelId);
    return this.models[loggedModelId];
  }
}

/** There is none: asking is an error. */
class NoTrackingServer extends TrackingServer {
  override readonly configured = false;

  override artifactUriOfRun(): Promise<never> {
    return Promise.reject(new TrackingServerError('There is no tracking server'));
  }

  override loggedModel(): Promise<never> {
    return Promise.reject(new TrackingServerError('There is no tracking server'));
  }
}

/** A registry with one model: version 1 in Production, 2 (a copy) in Staging and 3 in no stage. */
const versions = [
  view(1, 'Production', 's3://bucket/one', 'run-1'),
  view(2, 'Staging', 'models:/lily/7', 'run-2'),
  view(3, 'None', 's3://bucket/three', ''),
];

function view(version: number, stage: Stage, source: string, runId: string): ModelVersionView {
  return {
    name: 'iris',
    version,
    createdAt: 0,
    updatedAt: 0,
    stage,
    description: '',
    source,
    runId,
    runLink: '',
    status: 'READY',
    statusMessage: null,
    tags: [],
    aliases: [],
  };
}

const reader = {
  modelVersion: (name: string, number: number) =>
    name === 'iris' ? versions.find(({ version }) => version === number) : undefined,
  versionByAlias: (name: string, alias: string) =>
    name !== 'iris' ? undefined : alias === 'champion' ? { version: versions[1] } : {},
  latestVersions: (name: string, stages: readonly Stage[]) =>
    name === 'iris' ? versions.filter(({ stage }) => stages.includes(stage)) : undefined,
  downloadUri: (name: string, number: number) =>
    name === 'iris' && number === 2 ? 's3://bucket/seven' : versions[number - 1]?.source,
} as RegistryReader;

/** How often it was waited for what other nodes have written. */
let caughtUp = 0;

function catchingUp(): CatchingUp {
  const head = async () => (caughtUp += 1);
  return new CatchingUp({ head } as Partial<EventStore> as EventStore, new UpToDate());
}

function resolve(given: Partial<GivenSource>, tracking: TrackingServer = new NoTrackingServer()) {
  const whole = { source: 's3://bucket/model', runId: '', loggedModelId: null, isPrompt: false, ...given };
  return new SourceResolver(tracking, reader, catchingUp()).resolve(whole);
}

function refusedFor(source: string, by: 'run_id' | 'model_id' = 'run_id') {
  return {
    code: 'INVALID_PARAMETER_VALUE',
    message:
      `Invalid model version source: '${source}'. To use a local path as a model version source, the ${by} request ` +
      'parameter has to be specified and the local path has to be contained within the artifact directory of the ' +
      `run specified by the ${by}.`,
  };
}

describe('a remote source', () => {
  it('is recorded as it is', async () => {
    expect(await resolve({ source: 's3://bucket/model', runId: 'run-1' })).toEqual({
      source: 's3://bucket/model',
      storageLocation: null,
      runId: 'run-1',
      loggedModelId: null,
    });
  });

  it('is not compared with its run', async () => {
    const tracking = new KnownRuns();
    await resolve({ source: 's3://bucket/model', runId: 'unknown' }, tracking);
    expect(tracking.asked).toEqual([]);
  });

  it('of a logged model belongs to the run that logged it', async () => {
    expect(await resolve({ loggedModelId: 'm-1' }, tracking())).toMatchObject({
      runId: 'run-9',
      loggedModelId: 'm-1',
    });
  });

  it('of a logged model belongs to the run that is said, if one is', async () => {
    expect(await resolve({ loggedModelId: 'm-1', runId: 'run-1' }, tracking())).toMatchObject({
      runId: 'run-1',
    });
  });

  it('of a logged model that no run logged belongs to none', async () => {
    expect(await resolve({ loggedModelId: 'm-2' }, tracking())).toMatchObject({ runId: '' });
  });

  it('of an unknown logged model is refused', async () => {
    await expect(resolve({ loggedModelId: 'm-1' }, new KnownRuns())).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: "Logged model with ID 'm-1' not found.",
    });
  });

  it('of a logged model is recorded without a run when there is no tracking server', async () => {
    expect(await resolve({ loggedModelId: 'm-1' })).toMatchObject({ runId: '', loggedModelId: 'm-1' });
  });

  it.each(['s3://bucket', 's3://b/../p', 'https://h'])(
    'that hides a relative path is refused: %s',
    async (source) => {
      await expect(resolve({ source })).rejects.toThrow('Please provide an absolute path.');
    },
  );
});

function tracking(): KnownRuns {
  const runs = {
    'run-1': '/runs/1/artifacts',
    'run-2': 'file:///runs/2/artifacts',
    'run-3': 's3://bucket/runs/3',
    'run-4': 'file:///my%20runs/4',
  };
  return new KnownRuns(runs, {
    'm-1': { artifactLocation: '/models/1', sourceRunId: 'run-9' },
    'm-2': { artifactLocation: 's3://bucket/models/2', sourceRunId: null },
  });
}

describe('a local source', () => {
  it.each([
    ['/runs/1/artifacts', 'run-1'],
    ['/runs/1/artifacts/model', 'run-1'],
    ['file:///runs/1/artifacts/model', 'run-1'],
    ['/runs/2/artifacts/model', 'run-2'],
    ['file:/runs/2/artifacts/model', 'run-2'],
    ['file:///my%20runs/4/model', 'run-4'],
    ['/my runs/4/model', 'run-4'],
  ])('%s is accepted, being among the artifacts of %s', async (source, runId) => {
    expect(await resolve({ source, runId }, tracking())).toEqual({
      source,
      storageLocation: null,
      runId,
      loggedModelId: null,
    });
  });

  it.each([
    ['/runs/1', 'run-1'],
    ['/runs/1/artifacts2', 'run-1'],
    ['/runs/2/artifacts', 'run-1'],
    ['/runs/1/artifacts/../../2', 'run-1'],
    ['/runs/1/artifacts/%2e%2e/%2e%2e/2', 'run-1'],
    ['file:///runs/1/artifacts/%2e%2e/x', 'run-1'],
    ['model', 'run-1'],
    ['./runs/1/artifacts', 'run-1'],
    ['/bucket/runs/3/model', 'run-3'],
  ])('%s is refused, not being among the artifacts of %s', async (source, runId) => {
    await expect(resolve({ source, runId }, tracking())).rejects.toMatchObject(refusedFor(source));
  });

  it.each(['/runs/1/artifacts/model', '', '  '])('%j is refused without a run', async (source) => {
    await expect(resolve({ source }, tracking())).rejects.toMatchObject(refusedFor(source));
  });

  it('of an unknown run is refused', async () => {
    await expect(resolve({ source: '/x', runId: 'run-0' }, tracking())).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'Run with id=run-0 not found',
    });
  });

  it('on another machine is refused', async () => {
    await expect(resolve({ source: 'file://host/x', runId: 'run-1' }, tracking())).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });

  it('is not judged when the tracking server cannot be asked', async () => {
    const silent = new KnownRuns();
    silent.artifactUriOfRun = () => Promise.reject(new TrackingServerError('no answer'));
    await expect(resolve({ source: '/x', runId: 'run-1' }, silent)).rejects.toThrow(TrackingServerError);
  });
});

describe('a local source of a logged model', () => {
  it('is accepted among its artifacts, and belongs to the run that logged it', async () => {
    expect(await resolve({ source: '/models/1/x', loggedModelId: 'm-1' }, tracking())).toMatchObject({
      runId: 'run-9',
      loggedModelId: 'm-1',
    });
  });

  it('belongs to the run that is said, if one is', async () => {
    const given = { source: '/models/1/x', loggedModelId: 'm-1', runId: 'run-1' };
    expect(await resolve(given, tracking())).toMatchObject({ runId: 'run-1' });
  });

  it.each([
    ['elsewhere', '/models/2', 'm-1'],
    ['among the artifacts of the run only', '/runs/1/artifacts/x', 'm-1'],
    ['when its artifacts are not on this machine', '/bucket/models/2', 'm-2'],
    ['when it is blank', ' ', 'm-1'],
  ])('is refused %s', async (_, source, loggedModelId) => {
    const given = { source, loggedModelId, runId: 'run-1' };
    await expect(resolve(given, tracking())).rejects.toMatchObject(refusedFor(source, 'model_id'));
  });

  it('is refused when the model is unknown', async () => {
    await expect(resolve({ source: '/x', loggedModelId: 'm-0' }, tracking())).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: "Logged model with ID 'm-0' not found.",
    });
  });
});

describe('a local source without a tracking server', () => {
  it('is taken on the word of whoever names the run', async () => {
    expect(await resolve({ source: '/x', runId: 'run-1' })).toMatchObject({ source: '/x', runId: 'run-1' });
  });

  it('is refused without a run', async () => {
    await expect(resolve({ source: '/x' })).rejects.toMatchObject(refusedFor('/x'));
  });

  it('is refused without a run also when a logged model is named, which nobody can be asked about', async () => {
    await expect(resolve({ source: '/x', loggedModelId: 'm-1' })).rejects.toMatchObject(refusedFor('/x'));
  });

  it.each(['/x/../y', '/x/..', '../x', '/x/%2e%2e/y', 'file:///x/%2e%2e/y'])(
    'is refused when it leads upwards: %s',
    async (source) => {
      await expect(resolve({ source, runId: 'run-1' })).rejects.toMatchObject(refusedFor(source));
    },
  );
});

describe('a prompt', () => {
  it.each(['dummy-source', 'prompt-template', 's3://bucket/../x'])('may come from %s', async (source) => {
    expect(await resolve({ source, isPrompt: true })).toEqual({
      source,
      storageLocation: null,
      runId: '',
      loggedModelId: null,
    });
  });

  it.each(['/etc/passwd', 'file:///etc/passwd'])('may not come from %s', async (source) => {
    await expect(resolve({ source, isPrompt: true, runId: 'run-1' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: `Invalid prompt source: '${source}'. Local source paths are not allowed for prompts.`,
    });
  });

  it('is no reason to ask the tracking server', async () => {
    const tracking = new KnownRuns();
    await resolve({ source: 'dummy-source', isPrompt: true, runId: 'run-1', loggedModelId: 'm-1' }, tracking);
    expect(tracking.asked).toEqual([]);
  });
});

describe('a copy of a version', () => {
  it('is stored where that version is, and belongs to its run', async () => {
    expect(await resolve({ source: 'models:/iris/1' })).toEqual({
      source: 'models:/iris/1',
      storageLocation: 's3://bucket/one',
      runId: 'run-1',
      loggedModelId: null,
    });
  });

  it('is looked for where other nodes may have put it in the meantime; nothing else is', async () => {
    caughtUp = 0;
    await resolve({ source: 's3://bucket/model' });
    expect(caughtUp).toBe(0);
    await resolve({ source: 'models:/iris@champion' });
    expect(caughtUp).toBe(1);
  });

  it('belongs to the run that is said, if one is', async () => {
    expect(await resolve({ source: 'models:/iris/1', runId: 'run-5' })).toMatchObject({ runId: 'run-5' });
  });

  it('of a copy is stored where the first one is', async () => {
    expect(await resolve({ source: 'models:/iris/2' })).toMatchObject({
      storageLocation: 's3://bucket/seven',
    });
  });

  it.each([
    ['models:/iris/Production', 'models:/iris/1'],
    ['models:/iris/staging', 'models:/iris/2'],
    ['models:/iris@champion', 'models:/iris/2'],
    ['models:/iris/latest', 'models:/iris/3'],
  ])('that was said to be of %s is recorded as one of %s, which stays the same', async (source, recorded) => {
    expect(await resolve({ source })).toMatchObject({ source: recorded });
  });

  it.each([
    ['models:/iris/99', 'Model Version (name=iris, version=99) not found'],
    ['models:/lily/1', 'Model Version (name=lily, version=1) not found'],
    ['models:/iris/Archived', 'No version of iris answers to this reference'],
    ['models:/iris@challenger', 'No version of iris answers to this reference'],
    ['models:/lily@champion', 'No version of lily answers to this reference'],
    ['models:/lily/latest', 'No version of lily answers to this reference'],
    [
      'models:/iris/bogus',
      'Invalid Model Version stage: bogus. Value must be one of None, Staging, Production, Archived.',
    ],
    ['models:/a:b/1', "Invalid model name 'a:b'. Names cannot contain '/' or ':'."],
  ])('%s is refused when it leads nowhere', async (source, reason) => {
    await expect(resolve({ source })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: `Unable to fetch model from model URI source artifact location '${source}'.Error: ${reason}`,
    });
  });
});

describe('a logged model as the source', () => {
  it('is stored where it is, and belongs to the run that logged it', async () => {
    expect(await resolve({ source: 'models:/m-1' }, tracking())).toEqual({
      source: 'models:/m-1',
      storageLocation: '/models/1',
      runId: 'run-9',
      loggedModelId: 'm-1',
    });
  });

  it('belongs to the run, and is recorded under the id, that are said, if they are', async () => {
    const given = { source: 'models:/m-1', runId: 'run-1', loggedModelId: 'm-5' };
    expect(await resolve(given, tracking())).toMatchObject({ runId: 'run-1', loggedModelId: 'm-5' });
  });

  it('is refused when it is unknown', async () => {
    await expect(resolve({ source: 'models:/m-0' }, tracking())).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message:
        "Unable to fetch model from model URI source artifact location 'models:/m-0'.Error: " +
        "Logged model with ID 'm-0' not found.",
    });
  });

  it('is refused when there is no tracking server', async () => {
    await expect(resolve({ source: 'models:/m-1' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message:
        "Unable to fetch model from model URI source artifact location 'models:/m-1'.Error: " +
        'Logged models are known to the tracking server, and ANNALS_TRACKING_URI is not set.',
    });
  });

  it('is not judged when the tracking server cannot be asked', async () => {
    const silent = tracking();
    silent.loggedModel = () => Promise.reject(new TrackingServerError('no answer'));
    await expect(resolve({ source: 'models:/m-1' }, silent)).rejects.toThrow(TrackingServerError);
  });
});
