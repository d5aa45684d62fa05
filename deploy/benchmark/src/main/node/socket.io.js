// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
// Sends each line of its standard input to every client; an empty one has it collect garbage:
// node --expose-gc socket.io.js PORT
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });
http.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });

createInterface({ input: process.stdin })
  .on('line', (line) => (line === '' ? gc() : server.emit('alert', JSON.parse(line))))
  .on('close', () => process.exit(0));
