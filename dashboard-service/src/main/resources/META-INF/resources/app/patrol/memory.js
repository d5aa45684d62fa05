const KEPT = 200;

/** What a unit knows of its alerts, kept on the phone: it outlasts a reload and a dead battery. */
export class Memory {
  /** As the client has them, and whether each was `missed`: raised while the page was away. */
  entries = [];
  #key;

  constructor(unitId) {
    this.#key = `vigie-patrol-${unitId}`;
    try {
      this.entries = JSON.parse(localStorage.getItem(this.#key)) ?? [];
    } catch {
      // What cannot be read is forgotten; the service keeps all alerts.
    }
  }

  /** Newest first, the oldest are let go; answers the ids of those kept. Where storage is forbidden or full, it lasts as long as the page. */
  keep(entries) {
    this.entries = entries.sort((a, b) => Date.parse(b.alert.raisedAt) - Date.parse(a.alert.raisedAt)).slice(0, KEPT);
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.entries));
    } catch {
      // Said above.
    }
    return new Set(this.entries.map(({ alert }) => alert.id));
  }
}
