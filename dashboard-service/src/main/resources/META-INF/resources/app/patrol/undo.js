const UNDO_MILLIS = 10_000;

/** Claims that the person may still take back; `send` is called for each at its time, or at once when the page is put away. */
export class UndoableClaims {
  #due = new Map();
  #send;

  constructor(send) {
    this.#send = send;
    document.addEventListener('visibilitychange', () => document.hidden && [...this.#due.keys()].forEach((id) => this.#end(id)));
  }

  get size() {
    return this.#due.size;
  }

  has(id) {
    return this.#due.has(id);
  }

  /** Milliseconds until it is sent. */
  left(id) {
    return Math.max(0, this.#due.get(id).at - Date.now());
  }

  add(id) {
    if (this.#due.has(id)) return;
    this.#due.set(id, { at: Date.now() + UNDO_MILLIS, timer: setTimeout(() => this.#end(id), UNDO_MILLIS) });
  }

  /** Whether it was still here. */
  remove(id) {
    clearTimeout(this.#due.get(id)?.timer);
    return this.#due.delete(id);
  }

  #end(id) {
    if (this.remove(id)) this.#send(id);
  }
}
