import { geography, lambert93 } from '../geography.js';
import { language } from '../language.js';
import { Gestures } from './gestures.js';
import { landOf } from './land.js';
import { colour, Marks } from './marks.js';

const MARGIN_PIXELS = 8;
const MOST_ZOOM = 60;
const SHARPEST = 2;
const FINGER_PIXELS = 6;

/** Figures that are read again are other objects for the same place, or for the same alert. */
const isSame = (a, b) => a === b || Boolean(a && b && (a.id ?? a.cell) === (b.id ?? b.cell) && !a.windowEnd === !b.windowEnd);

/**
 * France with marks on it, on a canvas: twenty thousand of them are stamped within a frame, of which
 * those out of sight cost nothing. `describe` makes the element that is shown for what a mark is of.
 */
export class MapView {
  #element;
  #describe;
  #pen;
  #tip;
  #land;
  #marks = [];
  #stamps;
  #fill;
  #coast;
  #ink;
  #zoom = 1;
  #centre;
  #size = { width: 0, height: 0 };
  #pointed = null;
  #waiting = false;

  /** Loads the land only now, so that what stands above the map does not wait for it. */
  static async in(element, describe) {
    return new MapView(element, describe, landOf(geography.france ?? await geography.load()));
  }

  constructor(element, describe, land) {
    this.#element = element;
    this.#describe = describe;
    this.#land = land;
    this.#centre = this.#middle();
    this.#pen = element.appendChild(document.createElement('canvas')).getContext('2d');
    this.#tip = element.appendChild(Object.assign(document.createElement('div'), { className: 'map-tip', hidden: true }));
    new Gestures(element, this);
    new ResizeObserver(() => this.#resize()).observe(element);
    const anew = () => this.#anew();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', anew);
    matchMedia('print').addEventListener('change', anew);
    document.addEventListener('vigie-theme', anew);
    language.addEventListener('change', anew);
    this.#resize();
  }

  /** `{ longitude, latitude, kind, size, of }` each, what is drawn last on top; sizes in pixels, `grow` times that when zoomed in far. */
  show(marks, grow = 1) {
    this.#marks = marks.map((mark) => {
      const [x, y] = lambert93.project([mark.longitude, mark.latitude]);
      return { ...mark, x, y, grow };
    });
    this.#point(this.#marks.find((mark) => isSame(mark.of, this.#pointed?.of)) ?? null);
  }

  zoom(factor, [x, y] = [this.#size.width / 2, this.#size.height / 2]) {
    const before = this.#scale();
    this.#zoom = Math.min(MOST_ZOOM, Math.max(1, this.#zoom * factor));
    const [dx, dy] = [x - this.#size.width / 2, y - this.#size.height / 2];
    const change = 1 / before - 1 / this.#scale();
    this.#look(this.#centre.x + dx * change, this.#centre.y - dy * change);
  }

  whole() {
    this.#zoom = 1;
    const { x, y } = this.#middle();
    this.#look(x, y);
  }

  /** Shows the circle of this radius, in metres, around a place. */
  around({ longitude, latitude }, metres) {
    const [x, y] = lambert93.project([longitude, latitude]);
    const radius = metres / 6_371_000;
    const { width, height } = this.#size;
    this.#zoom = 1;
    this.#zoom = Math.min(MOST_ZOOM, Math.max(1, Math.min(width, height) / 2 / radius / this.#scale()));
    this.#look(x, y);
  }

  move(dx, dy) {
    this.#look(this.#centre.x - dx / this.#scale(), this.#centre.y + dy / this.#scale());
  }

  /** Tells what the mark with this index is of, where it can be seen. */
  point(index) {
    const mark = this.#marks[index];
    const [x, y] = this.#at(mark);
    if (x < 0 || y < 0 || x > this.#size.width || y > this.#size.height) this.#look(mark.x, mark.y);
    this.#point(mark);
  }

  /** Tells what the mark under a point is of, if there is one; answers that. */
  touch(x, y) {
    const mark = this.#marks.findLast((one) => {
      const [left, top] = this.#at(one);
      return Math.hypot(left - x, top - y) <= Math.max(FINGER_PIXELS, this.#sizeOf(one) / 2);
    }) ?? null;
    if (mark !== this.#pointed) this.#point(mark);
    return mark?.of;
  }

  get isWhole() {
    return this.#zoom === 1;
  }

  #middle() {
    const { west, east, south, north } = this.#land.box;
    return { x: (west + east) / 2, y: (south + north) / 2 };
  }

  /** Pixels a unit of the projection. */
  #scale() {
    const { west, east, south, north } = this.#land.box;
    const { width, height } = this.#size;
    const room = (pixels) => Math.max(1, pixels - 2 * MARGIN_PIXELS);
    return this.#zoom * Math.min(room(width) / (east - west), room(height) / (north - south));
  }

  #at({ x, y }) {
    const scale = this.#scale();
    return [(x - this.#centre.x) * scale + this.#size.width / 2, (this.#centre.y - y) * scale + this.#size.height / 2];
  }

  #sizeOf({ size, grow }) {
    return Math.round(size * Math.min(grow, Math.sqrt(this.#zoom)));
  }

  /** The middle of the picture never leaves the land's box. */
  #look(x, y) {
    const { west, east, south, north } = this.#land.box;
    this.#centre = { x: Math.min(east, Math.max(west, x)), y: Math.min(north, Math.max(south, y)) };
    this.#element.toggleAttribute('data-zoomed', !this.isWhole);
    this.#soon();
  }

  #point(mark) {
    this.#pointed = mark;
    this.#tip.hidden = !mark;
    if (mark) this.#tip.replaceChildren(this.#describe(mark.of));
    this.#soon();
  }

  #resize() {
    const ratio = Math.min(SHARPEST, devicePixelRatio);
    this.#size = { width: this.#element.clientWidth, height: this.#element.clientHeight, ratio };
    this.#pen.canvas.width = this.#size.width * ratio;
    this.#pen.canvas.height = this.#size.height * ratio;
    this.#anew();
  }

  /** Colours or words are others now. */
  #anew() {
    this.#stamps = new Marks(this.#size.ratio);
    [this.#fill, this.#coast, this.#ink] = ['--land', '--coast', '--ink'].map(colour);
    this.#point(this.#pointed);
  }

  /** However much changes before the next frame, it is painted once. */
  #soon() {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#paint();
    });
  }

  #paint() {
    const { width, height, ratio } = this.#size;
    const pen = this.#pen;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    this.#paintLand(pen, ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const scale = this.#scale();
    const [left, top] = [width / 2 - this.#centre.x * scale, height / 2 + this.#centre.y * scale];
    for (const mark of this.#marks) {
      const size = this.#sizeOf(mark);
      const x = left + mark.x * scale - size / 2;
      const y = top - mark.y * scale - size / 2;
      if (x > -size && y > -size && x < width && y < height) pen.drawImage(this.#stamps.stamp(mark.kind, size), x, y, size, size);
    }
    if (this.#pointed) this.#paintPointed(pen, width);
  }

  #paintLand(pen, ratio) {
    const scale = this.#scale() * ratio;
    const { width, height } = pen.canvas;
    pen.setTransform(scale, 0, 0, -scale, width / 2 - this.#centre.x * scale, height / 2 + this.#centre.y * scale);
    pen.fillStyle = this.#fill;
    pen.fill(this.#land.outline);
    pen.strokeStyle = this.#coast;
    pen.lineWidth = ratio / scale;
    pen.stroke(this.#land.outline);
  }

  #paintPointed(pen, width) {
    const [x, y] = this.#at(this.#pointed);
    const radius = this.#sizeOf(this.#pointed) / 2 + 1;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.strokeStyle = this.#ink;
    pen.lineWidth = 2;
    pen.stroke();
    const tip = this.#tip;
    const left = Math.max(0, Math.min(width - tip.offsetWidth, x - tip.offsetWidth / 2));
    const above = y - radius - tip.offsetHeight - 6;
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above < 0 ? y + radius + 6 : above)}px)`;
  }
}
