import { geography, lambert93 } from './geography.js';
import { count, percent, language, say } from './language.js';

const LARGEST_PIXELS = 46;
const SMALLEST_PIXELS = 4;
const STEPS = 5;

/** The colour that a custom property stands for now, in the appearance that is on. */
function colour(name) {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** France with one circle a place. Zooming is by buttons, so that scrolling the page stays scrolling. */
export class MapChart {
  #chart;
  #places = [];
  #zoom = 1;

  /** Loads what a map needs only now, so that the figures above it do not wait. */
  static async in(element) {
    const [echarts, france] = await Promise.all([import('echarts'), geography.load()]);
    echarts.registerMap('france', { geoJSON: france });
    return new MapChart(echarts.init(element, null, { renderer: 'canvas' }), element);
  }

  constructor(chart, element) {
    this.#chart = chart;
    new ResizeObserver(() => chart.resize()).observe(element);
    const draw = () => this.#draw();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
    document.addEventListener('vigie-theme', draw);
    language.addEventListener('change', draw);
    this.#draw();
  }

  show(places) {
    this.#places = places;
    this.#draw();
  }

  zoom(factor) {
    this.#zoom = Math.min(24, Math.max(1, this.#zoom * factor));
    this.#chart.setOption({ geo: { zoom: this.#zoom, roam: this.#zoom > 1 ? 'move' : false } });
  }

  whole() {
    this.#zoom = 1;
    this.#chart.setOption({ geo: { zoom: 1, center: null, roam: false } });
  }

  point(index) {
    this.#chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: index });
  }

  #draw() {
    const most = Math.max(1, ...this.#places.map((place) => place.failures));
    const steps = Array.from({ length: STEPS }, (_, i) => colour(`--share-${i + 1}`));
    const [land, coast, ink, paper] = ['--land', '--coast', '--ink', '--raised'].map(colour);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#chart.setOption({
      animation: !calm,
      animationDurationUpdate: 300,
      textStyle: { fontFamily: 'Atkinson Hyperlegible Next, system-ui, sans-serif' },
      tooltip: {
        confine: true, // An arrow, which only an unconfined box has, would be an inline style.
        backgroundColor: paper, borderColor: coast, textStyle: { color: ink, fontSize: 14 },
        formatter: ({ data }) => data && this.#words(data.place),
      },
      geo: {
        map: 'france', projection: lambert93, roam: this.#zoom > 1 ? 'move' : false, zoom: this.#zoom,
        left: 8, right: 8, top: 8, bottom: 8, silent: true,
        itemStyle: { areaColor: land, borderColor: coast, borderWidth: 0.6 },
      },
      series: [{
        type: 'scatter', coordinateSystem: 'geo',
        data: this.#places.map((place) => ({
          value: [place.longitude, place.latitude],
          symbolSize: Math.max(SMALLEST_PIXELS, LARGEST_PIXELS * Math.sqrt(place.failures / most)),
          itemStyle: { color: steps[Math.min(STEPS - 1, Math.floor((share(place)) * STEPS))] },
          place,
        })),
        itemStyle: { opacity: 0.88, borderColor: paper, borderWidth: 1 },
        emphasis: { scale: 1.15, itemStyle: { opacity: 1, borderColor: ink, borderWidth: 2 } },
      }],
    });
  }

  /** An element, not markup: no figure and no name is ever taken for HTML. */
  #words(place) {
    const box = document.createElement('div');
    const name = geography.nameOf(place.latitude, place.longitude) ?? say('offshore');
    for (const [tag, text] of [
      ['strong', name],
      ['div', `${say('failures')} ${count(place.failures)} / ${count(place.n)} (${percent(share(place), 0)})`],
      ['small', place.cell],
    ]) box.appendChild(document.createElement(tag)).textContent = text;
    return box;
  }
}

/** Alerts may reach the archive before their results: never more than all. */
export const share = ({ n, failures }) => (n > 0 ? Math.min(1, failures / n) : 1);
