const SHOWN = 60;

/**
 * The newest alerts, each once, newest first; while paused, new ones wait out of sight. One comes
 * again, escalated when no unit claimed it or with the claim of the one that did, and stays where it
 * is.
 */
export class Alerts {
  shown = [];
  waiting = [];
  paused = false;
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  add(alert) {
    const known = [...this.shown, ...this.waiting].find((other) => other.id === alert.id);
    if (known) {
      Object.assign(known, alert);
      this.#changed();
      return;
    }
    alert.at = Date.parse(alert.raisedAt);
    if (this.paused) this.waiting = newest([alert, ...this.waiting]);
    else this.shown = newest([alert, ...this.shown]);
    this.#changed();
  }

  pause(paused) {
    this.paused = paused;
    if (!paused) {
      this.shown = newest([...this.waiting, ...this.shown]);
      this.waiting = [];
    }
    this.#changed();
  }
}

const newest = (alerts) => alerts.sort((a, b) => b.at - a.at).slice(0, SHOWN);
