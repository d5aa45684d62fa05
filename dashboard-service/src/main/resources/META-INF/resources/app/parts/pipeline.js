import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, duration, say } from '../language.js';
import { store } from '../store.js';
import { head } from './section.js';

customElements.define('vigie-pipeline', class extends partOf(store) {
  render() {
    const { pipeline, errors } = store;
    const consumers = pipeline?.consumers ?? [];
    const problem = errors.pipeline || pipeline?.kafkaProblem;
    return html`
      <section aria-labelledby="pipeline-title">
        ${head('pipeline', say('pipelineIntro'), null)}
        ${problem ? html`<p class="notice" data-notice="error">${say('unavailable')}</p>` : nothing}
        ${pipeline && !problem && consumers.length === 0
          ? html`<p class="notice" data-notice="empty">${say('noConsumers')}</p>` : nothing}
        <table id="pipeline" aria-labelledby="pipeline-title">
          <thead><tr>
            <th scope="col">${say('reader')}</th><th scope="col">${say('topic')}</th>
            <th scope="col" class="number">${say('lag')}</th>
          </tr></thead>
          <tbody>
            ${consumers.map(({ group, topic, lag }) => html`
              <tr data-group=${group} data-topic=${topic}>
                <th scope="row">${group}</th><td>${topic}</td><td class="number">${count(lag)}</td>
              </tr>`)}
            <tr data-stage="figures">
              <th scope="row" colspan="2">${say('figuresAge')}</th>
              <td class="number">${store.age === null ? '–' : duration(store.age)}</td>
            </tr>
          </tbody>
        </table>
      </section>`;
  }
});
