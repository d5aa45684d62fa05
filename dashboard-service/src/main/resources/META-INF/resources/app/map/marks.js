const TURN = 2 * Math.PI;

/** The colour that a custom property stands for now, in the appearance that is on. */
export function colour(name) {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const disc = (fill) => (pen, r) => {
  circle(pen, r - 0.5);
  pen.fillStyle = colour(fill);
  pen.globalAlpha = 0.88;
  pen.fill();
  pen.globalAlpha = 1;
  stroke(pen, '--raised', 1);
};

/** How each kind of mark is drawn, around the origin and within a radius of `r` pixels: none is told from another by its colour alone. */
const DRAWN = {
  'share-1': disc('--share-1'),
  'share-2': disc('--share-2'),
  'share-3': disc('--share-3'),
  'share-4': disc('--share-4'),
  'share-5': disc('--share-5'),
  hot: (pen, r) => {
    circle(pen, r - 3.5);
    stroke(pen, '--raised', 6);
    pen.setLineDash([5, 4]);
    stroke(pen, '--alarm', 3);
  },
  open: disc('--accent'),
  escalated: (pen, r) => {
    polygon(pen, [[0, -r + 1], [r - 1, 0], [0, r - 1], [-r + 1, 0]]);
    pen.fillStyle = colour('--alarm');
    pen.fill();
    stroke(pen, '--raised', 1.5);
  },
  mine: (pen, r) => {
    circle(pen, r - 1.5);
    pen.fillStyle = colour('--raised');
    pen.fill();
    stroke(pen, '--accent', 3);
    circle(pen, r / 2.4);
    pen.fillStyle = colour('--accent');
    pen.fill();
  },
  over: (pen, r) => {
    circle(pen, r / 2);
    stroke(pen, '--quiet', 1.5);
  },
  here: (pen, r) => {
    circle(pen, r / 2);
    pen.fillStyle = colour('--ink');
    pen.fill();
    stroke(pen, '--raised', 2);
    for (const [x, y] of [[0, 1], [0, -1], [1, 0], [-1, 0]]) {
      polygon(pen, [[x * r * 0.62, y * r * 0.62], [x * (r - 1), y * (r - 1)]]);
      stroke(pen, '--ink', 2.5);
    }
  },
};

function circle(pen, r) {
  pen.beginPath();
  pen.arc(0, 0, Math.max(0.5, r), 0, TURN);
}

function polygon(pen, corners) {
  pen.beginPath();
  corners.forEach(([x, y]) => pen.lineTo(x, y));
  pen.closePath();
}

function stroke(pen, name, width) {
  pen.strokeStyle = colour(name);
  pen.lineWidth = width;
  pen.stroke();
}

/** Each mark is painted once for its kind and size, and stamped wherever it is wanted. */
export class Marks {
  #stamps = new Map();
  #ratio;

  constructor(ratio) {
    this.#ratio = ratio;
  }

  /** A picture of `size` pixels. */
  stamp(kind, size) {
    const key = `${kind} ${size}`;
    if (!this.#stamps.has(key)) this.#stamps.set(key, this.#paint(kind, size));
    return this.#stamps.get(key);
  }

  #paint(kind, size) {
    const picture = document.createElement('canvas');
    picture.width = picture.height = Math.ceil(size * this.#ratio);
    const pen = picture.getContext('2d');
    pen.scale(this.#ratio, this.#ratio);
    pen.translate(size / 2, size / 2);
    DRAWN[kind](pen, size / 2);
    return picture;
  }
}
