const SUBPROTOCOL = 'vigie.patrol.v1';
const SHORTEST_PAUSE_MILLIS = 200;
const LONGEST_PAUSE_MILLIS = 10_000;
const PAUSE_BEFORE_ASKING_AGAIN_MILLIS = 500;
const SILENT_HEARTBEATS = 3;
const PATIENCE_MILLIS = 5000;
const ACKNOWLEDGES_AFTER_MILLIS = 100;

/** Most claims kept of alerts that have not come: a neighbour's never does, others are close behind. */
const MOST_EARLY_CLAIMS = 1000;

/** The number of a claim that a server made before claims could be given back. */
const FIRST_CLAIM = 1;

/** Of two frames on the claims of an alert, the one that tells more has the higher rank. */
const rank = ({ claimNumber = FIRST_CLAIM, outcome, releasedAt }) => 2 * claimNumber + (outcome || releasedAt ? 1 : 0);

/** Whether a unit goes to the alert of this claim, or was there. */
export const stands = (claim) => Boolean(claim) && !claim.releasedAt;

/** The server closes with this when the unit itself is at fault: to try again would not help. */
const REFUSED = 4400;

/** Newer connections of the unit took this one's place: hurrying back would only end one of them. */
const REPLACED = 4409;
const FAILURES_OF_LONGEST_PAUSE = 6;

/**
 * A patrol unit's side of vigie.patrol.v1, see deploy/docs/patrol-protocol.md. It stays connected
 * to one of several alert-services, whichever answers, and misses nothing: it keeps every alert with
 * what is known of its claim, and acknowledges what it keeps. Claims, releases and resolutions are said
 * one at a time, again after every interruption, until they are answered.
 *
 * Events: `alert` and `claim`, each with the entry that changed as `detail`; `acknowledge`, before what
 * came is acknowledged, and has to be kept; `state`.
 */
export class PatrolClient extends EventTarget {
  /** By the alert's id: `{ alert, cursor, claim }`; `claim` is null until a unit claims it, and has `releasedAt` once given back. */
  entries = new Map();

  /** `connecting`, `connected`, `refused` or `closed`. */
  state = 'closed';

  /** The server's last error frame: when the unit was refused, the reason. */
  lastError = null;

  #services;
  #subprotocols = [SUBPROTOCOL];
  #path;
  #attempt = 0;
  #failures = 0;
  #socket = null;
  #greeted = false;
  #heartbeatMillis = PATIENCE_MILLIS;
  #lastHeard = 0;
  #acknowledging = null;
  #unacknowledged = 0;
  #window = 1;
  #questions = [];
  #earlyClaims = new Map();

  /**
   * @param {string[]} services such as `wss://alert.example`, tried in turn
   * @param {string} unit 1 to 64 letters, digits, dots, dashes or underscores
   * @param {number[]} area south, west, north, east in degrees; everywhere that the token allows when left out
   * @param {string} token that says that this is the unit; left out where the services ask for none
   */
  constructor({ services, unit, area, token }) {
    super();
    if (token) this.#subprotocols.push('bearer-token-carrier', `quarkus-http-upgrade#Authorization#Bearer%20${token}`);
    this.#services = services;
    this.#path = `/v1/patrols/${encodeURIComponent(unit)}/alerts${area ? `?area=${area.join(',')}` : ''}`;
  }

  start() {
    this.#enter('connecting');
    this.#connect();
  }

  close() {
    this.#enter('closed');
    this.#socket?.close(1000);
    this.#forget();
  }

  /** Resolves with the frame that answers: `claimed`, or an `error` whose `code` says why not. */
  claim(alertId) {
    return this.#ask({ type: 'claim', alertId, cursor: this.entries.get(alertId).cursor });
  }

  /** Resolves with the frame that answers: `released`, or an `error` whose `code` says why not. */
  release(alertId) {
    const { cursor, claim } = this.entries.get(alertId);
    return this.#ask({ type: 'release', alertId, cursor, claimNumber: claim.claimNumber ?? FIRST_CLAIM });
  }

  /** Resolves with the frame that answers: `resolved`, or an `error` whose `code` says why not. */
  resolve(alertId, outcome) {
    return this.#ask({ type: 'resolve', alertId, outcome });
  }

  #connect() {
    const attempt = ++this.#attempt;
    const current = (work) => (event) => {
      if (attempt === this.#attempt) work(event);
    };
    const service = this.#services[attempt % this.#services.length];
    this.#socket = new WebSocket(service + this.#path, this.#subprotocols);
    this.#socket.onmessage = current((event) => this.#heard(JSON.parse(event.data)));
    this.#socket.onclose = current((event) => this.#ended(event.code));
    this.#heartbeatMillis = PATIENCE_MILLIS;
    this.#lastHeard = Date.now();
    this.#listen(attempt);
  }

  /** A connection of which nothing is heard, not even heartbeats, is none: it is not waited for. */
  #listen(attempt) {
    setTimeout(() => {
      if (attempt !== this.#attempt) return;
      if (Date.now() - this.#lastHeard > SILENT_HEARTBEATS * this.#heartbeatMillis) {
        this.#socket.close();
        this.#ended(1006);
      } else {
        this.#listen(attempt);
      }
    }, this.#heartbeatMillis);
  }

  #ended(code) {
    this.#forget();
    if (code === REFUSED) {
      this.#enter('refused');
      return;
    }
    this.#enter('connecting');
    if (code === REPLACED) this.#failures = FAILURES_OF_LONGEST_PAUSE;
    const attempt = this.#attempt;
    const longest = Math.min(SHORTEST_PAUSE_MILLIS * 2 ** this.#failures++, LONGEST_PAUSE_MILLIS);
    setTimeout(() => {
      if (attempt === this.#attempt && this.state === 'connecting') this.#connect();
    }, longest * (0.5 + Math.random() / 2));
  }

  #forget() {
    this.#attempt++;
    this.#socket = null;
    this.#greeted = false;
    this.#acknowledging = null;
    this.#unacknowledged = 0;
  }

  #heard(frame) {
    this.#lastHeard = Date.now();
    switch (frame.type) {
      case 'hello': this.#begin(frame); break;
      case 'alert': this.#remember(frame); break;
      case 'claimed': case 'resolved': case 'released': this.#learn(frame); break;
      case 'error': this.lastError = frame; break;
      default: // A heartbeat, or what a later version says.
    }
    if (frame.cursor) this.#acknowledge(frame.cursor);
    else this.#answered(frame);
  }

  #begin(hello) {
    this.#greeted = true;
    this.#failures = 0;
    this.#heartbeatMillis = hello.heartbeatMillis;
    this.#window = hello.window;
    this.#enter('connected');
    this.#say();
  }

  /** An alert may come again, also escalated; the cursor that it first came with stays good. */
  #remember({ alert, cursor }) {
    const known = this.entries.get(alert.id);
    const entry = { alert, cursor: known?.cursor ?? cursor, claim: known?.claim ?? this.#early(alert.id) };
    this.entries.set(alert.id, entry);
    this.#tell('alert', entry);
  }

  /** A claim may come before its alert, and again after its end or after a later claim. */
  #learn(frame) {
    const entry = this.entries.get(frame.alertId);
    const known = entry ? entry.claim : this.#earlyClaims.get(frame.alertId);
    const claim = known && rank(known) >= rank(frame) ? known : frame;
    if (!entry) {
      this.#earlyClaims.delete(frame.alertId);
      this.#earlyClaims.set(frame.alertId, claim);
      if (this.#earlyClaims.size > MOST_EARLY_CLAIMS) {
        this.#earlyClaims.delete(this.#earlyClaims.keys().next().value);
      }
      return;
    }
    entry.claim = claim;
    this.#tell('claim', entry);
  }

  #early(alertId) {
    const claim = this.#earlyClaims.get(alertId) ?? null;
    this.#earlyClaims.delete(alertId);
    return claim;
  }

  /** Cumulative: what comes in a short while is acknowledged once, so that it is also kept once; half a window at most waits. */
  #acknowledge(cursor) {
    this.#acknowledging = cursor;
    if (++this.#unacknowledged >= this.#window / 2) this.#sayAcknowledged();
    else if (this.#unacknowledged === 1) {
      const socket = this.#socket;
      setTimeout(() => socket === this.#socket && this.#unacknowledged > 0 && this.#sayAcknowledged(), ACKNOWLEDGES_AFTER_MILLIS);
    }
  }

  #sayAcknowledged() {
    this.dispatchEvent(new Event('acknowledge'));
    this.#socket.send(JSON.stringify({ type: 'ack', cursor: this.#acknowledging }));
    this.#unacknowledged = 0;
  }

  #ask(question) {
    return new Promise((answer) => {
      this.#questions.push({ question, answer });
      if (this.#questions.length === 1) this.#say();
    });
  }

  #say() {
    if (this.#greeted && this.#questions.length > 0) {
      this.#socket.send(JSON.stringify(this.#questions[0].question));
    }
  }

  #answered(frame) {
    if (this.#questions.length === 0 || this.#questions[0].question.alertId !== frame.alertId) return;
    if (frame.code === 'unavailable') {
      setTimeout(() => this.#say(), PAUSE_BEFORE_ASKING_AGAIN_MILLIS);
      return;
    }
    this.#questions.shift().answer(frame);
    this.#say();
  }

  #enter(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }

  #tell(name, entry) {
    this.dispatchEvent(new CustomEvent(name, { detail: entry }));
  }
}
