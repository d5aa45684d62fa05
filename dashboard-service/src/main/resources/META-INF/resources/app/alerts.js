const SHOWN = 60;

/**
 * The newest alerts, each once, newest first; while paused, new ones wait out of sight. One that no
 * unit claimed comes again, escalated, and stays where it is.
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
    if (known && (known.escalatedAt || !alert.escalatedAt)) return;
    if (known) {
      known.escalatedAt = alert.escalatedAt;
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
