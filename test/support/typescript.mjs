// Lets a child process run the sources as they are, without a build:
//   node --import ./test/support/typescript.mjs some-script.ts
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const ours = (url) => url?.startsWith('file:') && !url.includes('/node_modules/');

registerHooks({
  resolve(specifier, context, next) {
    const source = specifier.startsWith('.') && ours(context.parentURL) && context.parentURL.endsWith('.ts');
    return next(source ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },

  load(url, context, next) {
    if (!ours(url) || !url.endsWith('.ts')) {
      return next(url, context);
    }
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      swcrc: false,
      sourceMaps: 'inline',
      module: { type: 'es6' },
      jsc: {
        target: 'es2023',
        keepClassNames: true,
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
