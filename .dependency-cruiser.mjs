// The architecture's direction rules (docs/architecture.md). A build that breaks one fails.
// A trailing slash matters: '^src/app' would also match app.module.ts.

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The rules of the registry import nothing but themselves, not even node: modules.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'application-knows-only-the-domain-and-its-ports',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { path: '^src/', pathNot: '^src/(application|domain)/' },
    },
    {
      name: 'infrastructure-implements-ports',
      severity: 'error',
      from: { path: '^src/infrastructure/' },
      to: { path: '^src/', pathNot: '^src/(infrastructure|application/ports|domain)/' },
    },
    {
      name: 'projections-read-the-log-and-implement-query-ports',
      severity: 'error',
      from: { path: '^src/projections/' },
      to: { path: '^src/', pathNot: '^src/(projections|application|domain)/' },
    },
    {
      name: 'projections-never-execute-commands',
      severity: 'error',
      from: { path: '^src/projections/' },
      to: { path: '^src/application/(commands|deciding)/' },
    },
    {
      name: 'http-speaks-to-the-application-only',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: '^src/(http|application|domain)/' },
    },
    {
      name: 'the-command-line-composes-ports-and-adapters',
      comment: 'It is a face as http is one; the service is started by main.ts, which is handed to it.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/', pathNot: '^src/(cli|application|infrastructure|domain)/' },
    },
    {
      name: 'only-main-reads-the-command-line',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts$|cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'sqlite-only-in-adapters',
      comment: 'Databases are a matter of infrastructure and of the read models.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(infrastructure|projections)/' },
      to: { path: 'node:sqlite|^sqlite$' },
    },
    {
      name: 'eventstoredb-only-in-its-adapter',
      comment: 'The client is a matter of its adapter, and loaded by those only who use it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/infrastructure/eventstoredb/' },
      to: { path: '@eventstore/db-client|@grpc/grpc-js' },
    },
    {
      name: 'only-roots-compose',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|run|server|app\\.module)\\.ts$' },
      to: { path: '^src/(main|run|server|app\\.module)\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/main\\.ts$' },
      to: {},
    },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
