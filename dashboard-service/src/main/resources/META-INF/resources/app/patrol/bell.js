const TONES = [880, 1320];
const PATTERN = [220, 90, 220];

/**
 * Sound and vibration for a new alert. Browsers allow both only after a tap, which is what turns it
 * on, and which therefore has to be asked for on each visit.
 */
class Bell extends EventTarget {
  #audio = null;

  get on() {
    return this.#audio !== null;
  }

  turn(on) {
    this.#audio?.close();
    this.#audio = on ? new AudioContext() : null;
    if (on) this.ring();
    this.dispatchEvent(new Event('change'));
  }

  ring() {
    if (!this.on) return;
    navigator.vibrate?.(PATTERN);
    TONES.forEach((pitch, i) => this.#tone(pitch, this.#audio.currentTime + i * 0.16));
  }

  #tone(pitch, start) {
    const tone = new OscillatorNode(this.#audio, { frequency: pitch });
    const loudness = new GainNode(this.#audio, { gain: 0 });
    loudness.gain.setValueAtTime(0.25, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.15);
    tone.connect(loudness).connect(this.#audio.destination);
    tone.start(start);
    tone.stop(start + 0.16);
  }
}

export const bell = new Bell();
