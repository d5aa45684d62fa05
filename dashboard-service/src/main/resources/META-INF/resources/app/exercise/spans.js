const MINUTE = 60_000;
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 180, 1440];
const MOST = 60;
const FEWEST = 12;

/**
 * Minutes gathered into 12 to 60 spans of one round length, the earliest first and those without
 * events among them: `{begin, end, n, failures, mean}`, the instants in milliseconds.
 */
export function spans(minutes) {
  if (minutes.length === 0) return [];
  const begins = minutes.map(({ begin }) => Date.parse(begin));
  const first = begins[0];
  const last = begins[begins.length - 1];
  const width = MINUTE * (WIDTHS.find((w) => (last - first) / (w * MINUTE) < MOST - 1) ?? Math.ceil((last - first) / MINUTE / (MOST - 1)));
  const end = Math.floor(last / width) * width;
  const start = Math.min(Math.floor(first / width) * width, end - (FEWEST - 1) * width);
  const all = Array.from({ length: (end - start) / width + 1 }, (_, i) => ({
    begin: start + i * width, end: start + (i + 1) * width, n: 0, failures: 0, sum: 0,
  }));
  minutes.forEach(({ n, failures, mean }, i) => {
    const span = all[Math.floor((begins[i] - start) / width)];
    span.n += n;
    span.failures += failures;
    span.sum += n * (mean ?? 0);
  });
  return all.map(({ sum, ...span }) => ({ ...span, mean: span.n > 0 ? sum / span.n : null }));
}
