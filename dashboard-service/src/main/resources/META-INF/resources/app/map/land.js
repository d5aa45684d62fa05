import { lambert93 } from '../geography.js';

/** France in the units of the projection, y upwards: the outline to draw, and the box around it. */
export function landOf(france) {
  const outline = new Path2D();
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const { geometry } of france.features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) outline.addPath(pathOf(ring, box));
  }
  return { outline, box };
}

function pathOf(ring, box) {
  const path = new Path2D();
  ring.forEach((corner, i) => {
    const [x, y] = lambert93.project(corner);
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  });
  path.closePath();
  return path;
}
