import { session } from './session.js';

const RECONNECT_MILLIS = 3000;

/**
 * The events of a stream, each under its own name, and `open` and `lost` when the connection is. It
 * is an EventSource that sends a token: it comes back by itself, with the id of what it heard last.
 * It ends only where nobody may listen.
 */
export class LiveStream extends EventTarget {
  #url;
  #lastId = null;

  constructor(url) {
    super();
    this.#url = url;
    this.#stayConnected();
  }

  async #stayConnected() {
    let allowed = true;
    while (allowed) {
      allowed = await this.#listen().catch(() => true);
      this.dispatchEvent(new Event('lost'));
      await new Promise((goOn) => { setTimeout(goOn, RECONNECT_MILLIS); });
    }
  }

  /** Until the connection ends; answers whether to connect again. */
  async #listen() {
    const headers = { Accept: 'text/event-stream', ...session.headers };
    if (this.#lastId) headers['Last-Event-ID'] = this.#lastId;
    const answer = await fetch(this.#url, { headers, cache: 'no-store' });
    if (answer.status === 401) session.ended();
    if (!answer.ok) return answer.status >= 500;
    this.dispatchEvent(new Event('open'));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach((block) => this.#hear(block));
    }
  }

  /** One event as this service writes it; a comment has no data and is not told. */
  #hear(block) {
    const fields = Object.create(null);
    for (const line of block.split('\n')) {
      const [, name, value] = /^([a-z]*): ?(.*)$/s.exec(line) ?? [];
      if (name) fields[name] = name in fields ? `${fields[name]}\n${value}` : value;
    }
    if (fields.id) this.#lastId = fields.id;
    if (fields.data !== undefined) this.dispatchEvent(new MessageEvent(fields.event ?? 'message', { data: fields.data }));
  }
}
