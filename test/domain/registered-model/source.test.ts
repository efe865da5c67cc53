import { describe, expect, it } from '@jest/globals';
import {
  isWithin,
  localSourceRefused,
  parseSource,
  refuseLocalPromptSource,
} from '../../../src/domain/registered-model/source.js';
import { RegistryError } from '../../../src/domain/registry-error.js';

function notAbsolute(source: string): RegistryError {
  return new RegistryError(
    'INVALID_PARAMETER_VALUE',
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, ` +
      'objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references ' +
      'present. Please provide an absolute path.',
  );
}

describe('a remote source', () => {
  it.each([
    's3://b/p',
    's3://b/p/',
    's3://b//p',
    's3:///p',
    'S3://A/3',
    's3://b/p q',
    's3://b/p+q',
    's3://b/p#f',
    'gs://b/p?x=1',
    'gs://b/p%2e%2e/x',
    'gs://b/p..',
    'gs://b/...',
    'http://h/p?x=../y',
    'https://h/p',
    'dbfs:/a/b',
    'runs:/id/model',
    'mlflow-artifacts:/a',
    's3://b/100%',
    's3://b/%zz',
    's3://b/%ff%fe',
    'models://host/iris/1',
  ])('may be %s', (source) => expect(parseSource(source)).toEqual({ kind: 'remote' }));

  it.each([
    's3://bucket',
    's3://bucket/',
    's3://b/./p',
    's3://b/../p',
    's3://b/p/..',
    's3://b/%2e%2e/p',
    's3://b/%252e%252e/p',
    's3://b/%25252e%25252E/p',
    's3://b/%2%65%2%65/p',
    's3://b/..%2fp',
    's3://b/%2e/p',
    's3://b/a%00b',
    's3://b/a%2500b',
    's3://b/a\u0000b',
    's3://b/%ff/%2e%2e/p',
    's3://b/%ff%2f%2e%2e%2fp',
    's3://b/p#/../x',
    'http://h/p?x=/../y',
    'C:\\x',
    'custom-scheme:xyz',
    'https://h',
    'runs:id/model',
  ])('may not be %j', (source) => expect(() => parseSource(source)).toThrow(notAbsolute(source)));

  it('is read in little time however often its escapes are escaped', () => {
    const source = `s3://bucket/%${'25'.repeat(20_000)}2e`;
    const before = process.threadCpuUsage();
    expect(() => parseSource(source)).toThrow(notAbsolute(source));
    const { user: microseconds } = process.threadCpuUsage(before);
    expect(microseconds).toBeLessThan(100_000);
  });
});

describe('a version of this registry as a source', () => {
  it.each([
    ['models:/iris/3', 'iris', { version: 3 }],
    ['models:/iris/03', 'iris', { version: 3 }],
    ['models:/iris/Staging', 'iris', { stage: 'Staging' }],
    ['models:/iris/latest', 'iris', 'latest'],
    ['models:/iris/LATEST', 'iris', 'latest'],
    ['models:/iris@champion', 'iris', { alias: 'champion' }],
    ['models:/a@b@champion', 'a@b', { alias: 'champion' }],
    ['models:/a@b/3', 'a@b', { version: 3 }],
    ['models:/my iris/3', 'my iris', { version: 3 }],
    ['models:/100 %/3', '100 %', { version: 3 }],
    ['models:/a+b/3', 'a+b', { version: 3 }],
    ['models:/a#b/3', 'a#b', { version: 3 }],
    ['MODELS:/iris/3', 'iris', { version: 3 }],
    ['models:///iris/3', 'iris', { version: 3 }],
  ])('may be %s', (source, name, selector) =>
    expect(parseSource(source)).toEqual({ kind: 'version', name, selector }),
  );

  it.each([
    'models:/',
    'models:iris/3',
    'models:/iris/',
    'models:/iris/ ',
    'models:/ /3',
    'models:/iris@',
    'models:/iris@ ',
    'models:/iris/3/4',
    'models:/iris/..',
    'models:/iris/%2e%2e',
  ])('may not be %j', (source) => expect(() => parseSource(source)).toThrow(notAbsolute(source)));
});

describe('a logged model as a source', () => {
  it.each(['m-4711', 'anything'])('may be %s', (id) =>
    expect(parseSource(`models:/${id}`)).toEqual({ kind: 'logged-model', loggedModelId: id }),
  );
});

describe('a local source', () => {
  it.each([
    ['/runs/1/model', '/runs/1/model'],
    ['model', 'model'],
    ['./model', './model'],
    ['  ', '  '],
    ['', ''],
    ['file:///runs/1/model', '/runs/1/model'],
    ['FILE:///runs/1/model', '/runs/1/model'],
    ['file:/runs/1/model', '/runs/1/model'],
    ['file://localhost/runs/1/model', '/runs/1/model'],
    ['file://localhost:80/runs/1/model', '/runs/1/model'],
    ['file://127.0.0.1/runs/1/model', '/runs/1/model'],
    ['file://./runs/1/model', '/runs/1/model'],
    ['file:///my%20runs/1', '/my runs/1'],
    ['file:///runs/%252e%252e/1', '/runs/../1'],
  ])('is %j', (source, path) => expect(parseSource(source)).toEqual({ kind: 'local', path }));

  it.each([
    ['/runs/1/%2e%2e/2', '/runs/1/../2'],
    ['/runs/1/%252e%252e/2', '/runs/1/../2'],
    ['/my%20runs/1', '/my runs/1'],
  ])('without a scheme has its escapes undone too, as MLflow opens it so: %j', (source, path) =>
    expect(parseSource(source)).toEqual({ kind: 'local', path }),
  );

  it.each([
    ['/a+b/1', '/a+b/1'],
    ['file:///a+b/1', '/a+b/1'],
  ])('may have a plus in its path, which is no blank there: %j', (source, path) =>
    expect(parseSource(source)).toEqual({ kind: 'local', path }),
  );

  it.each(['file://host/x', 'file://.host/x'])('is not on another machine: %j', (source) =>
    expect(() => parseSource(source)).toThrow(notAbsolute(source)),
  );

  it('that nobody vouches for is refused in these words', () =>
    expect(localSourceRefused('/x', 'run_id')).toEqual(
      new RegistryError(
        'INVALID_PARAMETER_VALUE',
        "Invalid model version source: '/x'. To use a local path as a model version source, the run_id request " +
          'parameter has to be specified and the local path has to be contained within the artifact directory of the ' +
          'run specified by the run_id.',
      ),
    ));

  it('of a logged model that does not vouch for it is refused in these', () =>
    expect(localSourceRefused('/x', 'model_id').message).toBe(
      "Invalid model version source: '/x'. To use a local path as a model version source, the model_id request " +
        'parameter has to be specified and the local path has to be contained within the artifact directory of the ' +
        'run specified by the model_id.',
    ));
});

describe('a path', () => {
  it.each([
    ['/runs/1', '/runs/1'],
    ['/runs/1/model', '/runs/1'],
    ['/runs/1/model', '/runs/1/'],
    ['//runs//1/./model', '/runs/1'],
    ['/runs/1/..model', '/runs/1'],
    ['/anything', '/'],
  ])('%j is within %j', (path, directory) => expect(isWithin(path, directory)).toBe(true));

  it.each([
    ['/runs/2', '/runs/1'],
    ['/runs/10', '/runs/1'],
    ['/runs', '/runs/1'],
    ['/runs/1/../2', '/runs/1'],
    ['/runs/1/..', '/runs/1'],
    ['/runs/2/../1', '/runs/1'],
    ['runs/1', '/runs/1'],
    ['', '/runs/1'],
    ['/runs/1', '/runs/../runs/1'],
  ])('%j is not within %j', (path, directory) => expect(isWithin(path, directory)).toBe(false));
});

describe('the source of a prompt', () => {
  it.each(['dummy-source', 'prompt-template', 's3://bucket', './x', ''])('may be %j', (source) =>
    expect(() => refuseLocalPromptSource(source)).not.toThrow(),
  );

  it.each(['/etc/passwd', 'file:///etc/passwd', 'FILE:x', 'file://host/x'])(
    'may not be the local path %j',
    (source) =>
      expect(() => refuseLocalPromptSource(source)).toThrow(
        new RegistryError(
          'INVALID_PARAMETER_VALUE',
          `Invalid prompt source: '${source}'. Local source paths are not allowed for prompts.`,
        ),
      ),
  );
});
