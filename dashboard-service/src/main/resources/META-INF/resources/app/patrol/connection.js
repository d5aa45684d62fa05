const SUBPROTOCOL = 'vigie.patrol.v1';
const SHORTEST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5000;
const OPENING_MILLIS = 10_000;
const SILENT_HEARTBEATS = 3;
const SLEEP_MILLIS = 30_000;

/** What alert-service closes with when what was asked for cannot be used: asking again is no use. */
const REFUSED = 4400;

/**
 * A connection that is opened again whenever it is lost, at once when the phone wakes up or finds a
 * network. Each frame goes to `heard`; `state` is `connecting`, `connected`, `lost` or `refused`.
 */
export class Connection {
  state = 'connecting';
  reason = '';
  #address;
  #heard;
  #changed;
  #socket = null;
  #failures = 0;
  #retry = null;
  #watch = null;
  #hiddenAt = null;
  #heartbeat = null;

  constructor(address, heard, changed) {
    this.#address = address;
    this.#heard = heard;
    this.#changed = changed;
  }

  start() {
    addEventListener('online', () => this.#open());
    addEventListener('offline', () => this.#lose());
    document.addEventListener('visibilitychange', () => this.#seen());
    this.#open();
  }

  say(frame) {
    if (this.state === 'connected') this.#socket.send(JSON.stringify(frame));
  }

  async #open() {
    if (this.state === 'refused' || this.#socket) return;
    clearTimeout(this.#retry);
    const socket = await this.#dial();
    if (!socket) return;
    this.#patience(OPENING_MILLIS);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#take(JSON.parse(data));
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#ended(code, reason);
  }

  async #dial() {
    this.#socket = 'dialling';
    try {
      return this.#socket = new WebSocket(await this.#address(), SUBPROTOCOL);
    } catch {
      this.#ended(0, '');
      return null;
    }
  }

  #take(frame) {
    if (frame.type === 'hello') {
      this.#failures = 0;
      this.#become('connected');
    }
    if (frame.heartbeatMillis) this.#heartbeat = frame.heartbeatMillis;
    this.#patience(this.#heartbeat ? SILENT_HEARTBEATS * this.#heartbeat : null);
    this.#heard(frame);
  }

  /** A network that vanished closes nothing; silence tells, where the service promised heartbeats. */
  #patience(millis) {
    clearTimeout(this.#watch);
    if (millis) this.#watch = setTimeout(() => this.#lose(), millis);
  }

  /** After a sleep the connection may be dead without a sign. A new one goes on where it was. */
  #seen() {
    if (document.hidden) {
      this.#hiddenAt = Date.now();
      return;
    }
    if (this.#hiddenAt && Date.now() - this.#hiddenAt > SLEEP_MILLIS) this.#lose();
    this.#hiddenAt = null;
    this.#open();
  }

  #lose() {
    const old = this.#socket;
    if (old instanceof WebSocket) {
      this.#ended(0, '');
      old.close();
    }
  }

  #ended(code, reason) {
    clearTimeout(this.#watch);
    this.#socket = null;
    this.reason = reason;
    if (code === REFUSED) return this.#become('refused');
    const longest = Math.min(SHORTEST_PAUSE_MILLIS * 2 ** this.#failures++, LONGEST_PAUSE_MILLIS);
    this.#retry = setTimeout(() => this.#open(), longest * (0.5 + Math.random() / 2));
    this.#become('lost');
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }
}
