import { session } from './session.js';

const RECONNECT_MILLIS = 3000;

/** Three heartbeats: a stream whose server froze, or whose network went away, is not closed by either. */
const SILENCE_MILLIS = 45_000;

/**
 * The events of a stream, each under its own name, and `open` and `lost` when the connection is. It
 * is an EventSource that sends a token: it comes back by itself, with the id of what it heard last.
 * It ends only where listening is forbidden.
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

  /** Until the connection ends or is silent for too long; returns whether to connect again. */
  async #listen() {
    const silence = new AbortController();
    let timer;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MILLIS);
    };
    heard();
    try {
      return await this.#read(silence.signal, heard);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(signal, heard) {
    const headers = { Accept: 'text/event-stream', ...session.headers };
    if (this.#lastId) headers['Last-Event-ID'] = this.#lastId;
    const answer = await fetch(this.#url, { headers, cache: 'no-store', signal });
    if (answer.status === 401) session.ended();
    if (!answer.ok) return answer.status !== 401 && answer.status !== 403;
    this.dispatchEvent(new Event('open'));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      heard();
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
