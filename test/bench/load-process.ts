import { percentiles } from './latencies.js';
import type { Load, LoadFigures, LoadReport } from './load.js';
import { LoadConnection } from './load-connection.js';
import { ownNumber } from './requests.js';

/** The process of {@link LoadProcess}. */
process.on('message', (load: Load) => {
  void put(load).then(
    (figures) => report({ figures }),
    (error: unknown) => report({ error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());

function report(message: LoadReport): void {
  process.send?.(message);
}

async function put({ port, connections, requests, first, seconds }: Load): Promise<LoadFigures> {
  const open = await Promise.all(Array.from({ length: connections }, () => LoadConnection.open(port)));
  const places = requests.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).indexOf(ownNumber),
  );
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const end = began + seconds * 1_000;
  let next = first;
  const take = () => {
    const index = next % requests.length;
    const request = requests[index] ?? new Uint8Array();
    const place = places[index] ?? -1;
    if (place >= 0) writeNumber(next, request, place);
    next += 1;
    return request;
  };
  const client = async (connection: LoadConnection) => {
    for (let sent = performance.now(); sent < end;) {
      await connection.send(take());
      const answered = performance.now();
      latencies.push(answered - sent);
      sent = answered;
    }
  };
  try {
    await Promise.all(open.map(client));
  } finally {
    for (const connection of open) connection.close();
  }
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  const busy = (user + system) / 1_000 / milliseconds;
  const answers = latencies.length;
  return { answers, ...percentiles(latencies), perSecond: (answers / milliseconds) * 1_000, busy };
}

/** In place: the requests are many more than the connections, so none is changed while it is being sent. */
function writeNumber(value: number, request: Uint8Array, place: number): void {
  for (let rest = value, digit = ownNumber.length - 1; digit >= 0; digit -= 1) {
    request[place + digit] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
