const RADIANS = Math.PI / 180;
const EARTH_METRES = 6_371_000;

/** Where the unit is, if it lets the page know: `off`, `asking`, `known`, `denied` or `unknown`. */
class Whereabouts extends EventTarget {
  state = 'off';
  #here = null;
  #watch = null;

  /** Without a question to the person, if the answer was yes before. */
  async start() {
    const permission = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
    if (permission?.state === 'granted') this.ask();
  }

  ask() {
    if (!navigator.geolocation || this.#watch !== null) return;
    this.#become('asking');
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        this.#here = coords;
        this.#become('known');
      },
      ({ code, PERMISSION_DENIED }) => {
        if (code !== PERMISSION_DENIED) return this.#here || this.#become('unknown');
        navigator.geolocation.clearWatch(this.#watch);
        this.#watch = null;
        this.#become('denied');
      },
      { enableHighAccuracy: true, maximumAge: 10_000 },
    );
  }

  /** `{ latitude, longitude }`, or null while it is not known. */
  get here() {
    return this.#here;
  }

  /** Metres along the ground and degrees from north; null while it is not known where here is. */
  to({ latitude, longitude }) {
    if (!this.#here) return null;
    const [from, to] = [this.#here.latitude * RADIANS, latitude * RADIANS];
    const turn = (longitude - this.#here.longitude) * RADIANS;
    const haversine = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(turn / 2) ** 2;
    const bearing = Math.atan2(
      Math.sin(turn) * Math.cos(to),
      Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn));
    return { metres: 2 * EARTH_METRES * Math.asin(Math.sqrt(haversine)), degrees: Math.round(bearing / RADIANS + 360) % 360 };
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const whereabouts = new Whereabouts();
