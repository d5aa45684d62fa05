const KEPT = 500;

const raisedAt = ({ alert }) => Date.parse(alert.raisedAt);

/** What a unit knows of its alerts, kept on the phone: it outlasts a reload and a dead battery. */
export class Memory {
  /** As the client has them, and whether each was `missed`: raised while the page was away. */
  entries = [];

  /** Whether nothing was kept: this unit has not signed in on this phone before. */
  isNew = true;
  #key;

  constructor(unitId) {
    this.#key = `vigie-patrol-${unitId}`;
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key));
      this.isNew = kept === null;
      this.entries = kept ?? [];
    } catch {
      // What cannot be read is forgotten; the service keeps all alerts.
    }
  }

  /**
   * Newest first. Of too many, those of the lowest `worth` are let go, the oldest of them first; answers
   * the ids of those kept. Where storage is forbidden or full, it lasts as long as the page.
   */
  keep(entries, worth) {
    const newest = entries.sort((a, b) => raisedAt(b) - raisedAt(a));
    const kept = newest.length > KEPT ? new Set([...newest].sort((a, b) => worth(b) - worth(a)).slice(0, KEPT)) : null;
    this.entries = kept ? newest.filter((entry) => kept.has(entry)) : newest;
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.entries));
    } catch {
      // Said above.
    }
    return new Set(this.entries.map(({ alert }) => alert.id));
  }
}
