const KEPT = 200;

/** What a unit knows of its alerts, kept on the phone: it outlasts a reload and a dead battery. */
export class Memory {
  #key;
  #alerts = new Map();
  #claims = new Map();

  constructor(unitId) {
    this.#key = `vigie-patrol-${unitId}`;
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key)) ?? { alerts: [], claims: [] };
      this.#alerts = new Map(kept.alerts);
      this.#claims = new Map(kept.claims);
    } catch {
      // What cannot be read is forgotten; the service keeps all alerts.
    }
  }

  get(id) {
    return this.#alerts.get(id);
  }

  claim(id) {
    return this.#claims.get(id);
  }

  /** Newest first. */
  get alerts() {
    return [...this.#alerts.values()].sort((a, b) => b.at - a.at);
  }

  /** The same alert may come again, escalated or not; what is known of it already stays. */
  alert(alert, cursor, missed) {
    const known = this.#alerts.get(alert.id);
    const escalatedAt = alert.escalatedAt ?? known?.escalatedAt;
    const first = known ?? { ...alert, cursor, missed, at: Date.parse(alert.raisedAt) };
    this.#alerts.set(alert.id, { ...first, escalatedAt });
  }

  /** Claims come before their alert too, and again; what is resolved stays resolved. */
  claimed({ alertId, unitId, claimedAt, resolvedAt, outcome }) {
    const known = this.#claims.get(alertId);
    this.#claims.set(alertId, { ...known, unitId, claimedAt: claimedAt ?? known?.claimedAt,
      resolvedAt: resolvedAt ?? known?.resolvedAt, outcome: outcome ?? known?.outcome });
  }

  /** The oldest are let go. A browser that forbids storage, or has no room, remembers until it is closed. */
  keep() {
    this.#alerts = new Map(this.alerts.slice(0, KEPT).map((alert) => [alert.id, alert]));
    this.#claims = new Map([...this.#claims].slice(-2 * KEPT));
    try {
      localStorage.setItem(this.#key, JSON.stringify({ alerts: [...this.#alerts], claims: [...this.#claims] }));
    } catch {
      // Said above.
    }
  }
}
