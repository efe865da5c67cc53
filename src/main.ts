#!/usr/bin/env node
const oldestNode = 24;

/** Nothing that an older Node lacks may be imported before this. */
if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Annals needs Node.js ${oldestNode} or newer and this is ${process.versions.node}. ` +
      'Start it with `npm start`, which brings its own.\n',
  );
  process.exit(1);
}

const { annals } = await import('./cli/annals.js');
await annals(process.argv.slice(2), async () => {
  const { run } = await import('./run.js');
  await run();
});
