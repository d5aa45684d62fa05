import { json } from './fetch.js';
import { territoryOf } from './overseas.js';

const RADIANS = Math.PI / 180;
const NEAR_DEGREES = 0.35;
const MEMORY = 10_000;

/** France's official projection (Lambert-93) on a sphere, so that France looks as on its own maps. */
const cone = (() => {
  const [south, north, centre] = [44 * RADIANS, 49 * RADIANS, 46.5 * RADIANS];
  const stretch = (latitude) => Math.tan(Math.PI / 4 + latitude / 2);
  const n = Math.log(Math.cos(south) / Math.cos(north)) / Math.log(stretch(north) / stretch(south));
  const f = (Math.cos(south) * stretch(south) ** n) / n;
  return { n, f, centre: f / stretch(centre) ** n, stretch };
})();

export const lambert93 = {
  /** In radii of the earth, x to the east and y to the north of the middle. */
  project([longitude, latitude]) {
    const distance = cone.f / cone.stretch(latitude * RADIANS) ** cone.n;
    const angle = cone.n * (longitude - 3) * RADIANS;
    return [distance * Math.sin(angle), cone.centre - distance * Math.cos(angle)];
  },
};

/** The départements and territories, and the name of the one that a point lies in. */
class Geography extends EventTarget {
  france = null;
  #outlines = [];
  #names = new Map();

  async load() {
    this.france = await json('/map/france.json');
    this.#outlines = this.france.features.map(({ properties, geometry }) => {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      return { name: properties.name, polygons };
    });
    this.dispatchEvent(new Event('change'));
    return this.france;
  }

  /** The département, or the nearest one for a point just off a coast or border; else null. */
  nameOf(latitude, longitude) {
    if (!this.france) return null;
    const key = `${latitude.toFixed(3)},${longitude.toFixed(3)}`;
    if (this.#names.size > MEMORY) this.#names.clear();
    if (!this.#names.has(key)) this.#names.set(key, this.#find(longitude, latitude));
    return this.#names.get(key);
  }

  /** Whether the map has no room for a point: overseas, abroad or at sea. */
  isOffMap(latitude, longitude) {
    const name = this.nameOf(latitude, longitude);
    return this.france !== null && (name === null || name === territoryOf(latitude, longitude));
  }

  #find(x, y) {
    const around = this.#outlines.find(({ polygons }) =>
      polygons.some(([outer, ...holes]) => inside(x, y, outer) && !holes.some((hole) => inside(x, y, hole))));
    return around?.name ?? this.#nearest(x, y) ?? territoryOf(y, x);
  }

  #nearest(x, y) {
    let best = { name: null, distance: NEAR_DEGREES };
    for (const { name, polygons } of this.#outlines) {
      for (const [px, py] of polygons.flatMap(([outer]) => outer)) {
        const distance = Math.hypot((px - x) * Math.cos(y * RADIANS), py - y);
        if (distance < best.distance) best = { name, distance };
      }
    }
    return best.name;
  }
}

function inside(x, y, ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

export const geography = new Geography();
