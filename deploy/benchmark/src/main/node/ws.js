// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
// Sends each line of its standard input to every client; an empty one has it collect garbage:
// node --expose-gc ws.js PORT
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  backlog: 4096,
  perMessageDeflate: false,
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === '') {
      gc();
      return;
    }
    const frame = Buffer.from(line);
    for (const client of server.clients) {
      client.send(frame, { binary: false });
    }
  })
  .on('close', () => process.exit(0));
