import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, duration, say } from '../language.js';
import { store } from '../store.js';
import { name } from '../name.js';
import { absence, head } from './section.js';

/** One row a page from one row a page and type, the busiest page first. */
function byPage(activity) {
  const pages = new Map();
  for (const { page, type, n, meanDurationMillis, medianDurationMillis, p95DurationMillis } of activity) {
    const row = pages.get(page) ?? { page, views: 0, clicks: 0, dwell: null, median: null, p95: null };
    if (type === 'PAGE_VIEW') row.views = n;
    if (type === 'CLICK') row.clicks = n;
    if (type === 'DWELL') Object.assign(row, { dwell: meanDurationMillis, median: medianDurationMillis, p95: p95DurationMillis });
    pages.set(page, row);
  }
  return [...pages.values()].sort((a, b) => b.views - a.views || a.page.localeCompare(b.page));
}

customElements.define('vigie-activity', class extends partOf(store) {
  render() {
    const rows = byPage(store.activity?.activity ?? []);
    return html`
      <section aria-labelledby="activity-title">
        ${head('activity', say('activityIntro'), '/v1/activity/summary')}
        ${absence('activity', (answer) => answer.activity.length === 0, say('noActivity')) ?? nothing}
        ${store.activity?.others.pages > 0 ? html`<p id="other-pages" class="aside">${
          say('otherPages', count(store.activity.others.pages), count(store.activity.others.n))}</p>` : nothing}
        ${rows.length === 0 ? nothing : html`
          <div class="scroll short" tabindex="0" role="group" aria-labelledby="activity-title">
            <table id="activity" aria-labelledby="activity-title">
              <thead><tr>
                <th scope="col">${say('page')}</th>
                <th scope="col" class="number">${say('views')}</th>
                <th scope="col" class="number">${say('clicks')}</th>
                <th scope="col" class="number">${say('dwell')}</th>
                <th scope="col" class="number">${say('median')}</th>
                <th scope="col" class="number">${say('p95')}</th>
              </tr></thead>
              <tbody>${rows.map((row) => html`
                <tr data-page=${row.page}>
                  <th scope="row">${name(row.page)}</th>
                  <td class="number">${count(row.views)}</td>
                  <td class="number">${count(row.clicks)}</td>
                  ${['dwell', 'median', 'p95'].map((stay) => html`
                    <td class="number" data-figure=${stay}>${row[stay] === null ? '–' : duration(row[stay])}</td>`)}
                </tr>`)}</tbody>
            </table>
          </div>`}
      </section>`;
  }
});
