const STEP_PIXELS = 60;
const ZOOM_STEP = 1.6;
const TAP_PIXELS = 5;
const KEYS = {
  ArrowLeft: (view) => view.move(STEP_PIXELS, 0),
  ArrowRight: (view) => view.move(-STEP_PIXELS, 0),
  ArrowUp: (view) => view.move(0, STEP_PIXELS),
  ArrowDown: (view) => view.move(0, -STEP_PIXELS),
  '+': (view) => view.zoom(ZOOM_STEP),
  '-': (view) => view.zoom(1 / ZOOM_STEP),
  0: (view) => view.whole(),
};

/**
 * What a mouse, fingers and keys do to a map. The wheel scrolls the page, and one finger does too
 * while the whole of France is shown; two always zoom. The map's element hears of it: `roam`, and
 * `pick` with what the mark that was tapped is of.
 */
export class Gestures {
  #element;
  #view;
  #held = new Map();
  #moved = 0;

  constructor(element, view) {
    this.#element = element;
    this.#view = view;
    element.addEventListener('pointerdown', (event) => this.#press(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) element.addEventListener(end, (event) => this.#release(event));
    element.addEventListener('pointerleave', () => this.#held.size === 0 && view.touch(NaN, NaN));
    element.addEventListener('keydown', (event) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      element.dispatchEvent(new Event('roam'));
      act(view);
    });
  }

  #press(event) {
    if (event.button !== 0) return;
    this.#held.set(event.pointerId, at(event));
    this.#moved = 0;
    this.#element.setPointerCapture(event.pointerId);
  }

  #move(event) {
    const before = this.#held.get(event.pointerId);
    if (!before) {
      this.#view.touch(...this.#inside(event));
      return;
    }
    const now = at(event);
    const [other] = [...this.#held].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#held.set(event.pointerId, now);
    this.#moved += distance(before, now);
    const fingers = other ? 2 : 1;
    this.#element.dispatchEvent(new Event('roam'));
    this.#view.move((now[0] - before[0]) / fingers, (now[1] - before[1]) / fingers);
    if (other) this.#view.zoom(distance(now, other) / Math.max(1, distance(before, other)), this.#inside(event));
  }

  #release(event) {
    if (!this.#held.delete(event.pointerId) || event.type === 'pointercancel') return;
    if (this.#moved >= TAP_PIXELS) return;
    const of = this.#view.touch(...this.#inside(event));
    if (of) this.#element.dispatchEvent(new CustomEvent('pick', { detail: of }));
  }

  #inside({ clientX, clientY }) {
    const { left, top } = this.#element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }
}

const at = ({ clientX, clientY }) => [clientX, clientY];
const distance = ([x1, y1], [x2, y2]) => Math.hypot(x2 - x1, y2 - y1);
