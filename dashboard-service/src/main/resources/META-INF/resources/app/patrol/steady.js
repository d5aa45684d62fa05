const HELD_MILLIS = 15_000;

/**
 * Keeps the card that the person touched last where it is on the screen, whatever appears above it.
 * No browser does so at the top of a page, and Safari nowhere.
 */
export class SteadyCard {
  #card = null;
  #top = 0;
  #until = 0;

  constructor(list) {
    const hold = ({ target }) => this.#hold(target.closest('.cards > li'));
    list.addEventListener('pointerdown', hold);
    list.addEventListener('focusin', hold);
    addEventListener('scroll', () => this.#measure(), { passive: true });
    new ResizeObserver(() => this.keep()).observe(document.body);
  }

  get touched() {
    return this.#card !== null;
  }

  /** To be called after each change of the page. */
  keep() {
    const held = this.#card?.isConnected && Date.now() < this.#until;
    document.documentElement.toggleAttribute('data-steady', Boolean(held));
    if (held) scrollBy(0, this.#card.getBoundingClientRect().top - this.#top);
  }

  #hold(card) {
    if (!card) return;
    this.#card = card;
    this.#until = Date.now() + HELD_MILLIS;
    this.#measure();
  }

  #measure() {
    if (this.#card) this.#top = this.#card.getBoundingClientRect().top;
  }
}
