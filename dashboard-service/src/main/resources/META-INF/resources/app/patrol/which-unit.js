import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';

/** Where nobody needs a token: asks which unit this phone is with; the answer becomes part of the address, to be kept as a bookmark. */
customElements.define('vigie-which-unit', class extends partOf() {
  render() {
    return html`
      <section aria-labelledby="unit-title">
        <header class="head"><h2 id="unit-title">${say('whichUnit')}</h2><p>${say('whichUnitIntro')}</p></header>
        <form class="sign-in" @submit=${this.#go}>
          <label>${say('unitId')}<input name="unit" required pattern="(?!\\.\\.?$)[A-Za-z0-9._\\-]{1,64}" title=${say('unitIdRule')}
            autocomplete="off" autocapitalize="off" spellcheck="false"></label>
          <label>${say('area')}<input name="area" autocomplete="off" placeholder="48.80, 2.20, 48.95, 2.50"
            pattern="\\s*-?[\\d.]+(\\s*,\\s*-?[\\d.]+){3}\\s*" title=${say('areaRule')} aria-describedby="area-rule"></label>
          <p class="aside" id="area-rule">${say('areaRule')}</p>
          <button class="strong-choice tall">${say('start')}</button>
        </form>
      </section>`;
  }

  #go(event) {
    event.preventDefault();
    const { unit, area } = event.target.elements;
    const url = new URL(location.href);
    url.searchParams.set('unit', unit.value);
    if (area.value.trim()) url.searchParams.set('area', area.value.replace(/\s/g, ''));
    location.assign(url);
  }
});
