// CommonJS packages that `require` these ESM-only ones work in Node, but not inside Jest's own module loader.
const esmOnlyButRequired = 'cookie|content-disposition';

const swc = (type, parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  },
];

export default {
  rootDir: '..',
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  // So late that only what never ends gets there, on whatever machine: some tests start processes.
  testTimeout: 60_000,
  testRegex: '\\.test\\.ts$',
  testPathIgnorePatterns: ['<rootDir>/test/(compatibility|crash|eventstoredb|bench)/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    [`/node_modules/(${esmOnlyButRequired})/.+\\.js$`]: swc('commonjs', { syntax: 'ecmascript' }),
    '^.+\\.ts$': swc('es6', { syntax: 'typescript', decorators: true }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyButRequired})/)`],
};
