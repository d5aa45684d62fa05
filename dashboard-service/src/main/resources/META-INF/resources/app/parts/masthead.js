import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { inThisLanguage, language, say } from '../language.js';
import { session } from '../session.js';
import { name } from '../name.js';

const LANGUAGES = [['fr', 'Français'], ['en', 'English']];
const STAFF = ['staff', 'admin'];
const PAGES = [
  ['/', 'overview', STAFF], ['/pipeline', 'pipelinePage', STAFF], ['/thresholds', 'thresholds', STAFF], ['/patrol', 'patrol', ['patrol']],
];
const THEMES = ['auto', 'light', 'dark'];

customElements.define('vigie-masthead', class extends partOf() {
  static properties = { theme: { state: true }, settings: { state: true } };

  constructor() {
    super();
    this.theme = document.documentElement.dataset.theme ?? 'auto';
  }

  render() {
    const pages = PAGES.filter(([, , roles]) => roles.some((role) => session.may(role)));
    return html`
      <header class="masthead">
        <h1><svg viewBox="0 0 32 26" aria-hidden="true">
          <path d="M3 17a13 13 0 0 1 26 0"></path><circle cx="16" cy="16" r="4.5"></circle><path d="M3 24h26"></path>
        </svg>Vigie <small>${say('tagline')}</small></h1>
        <nav aria-label=${say('pages')} class="pages" ?hidden=${pages.length < 2}>
          ${pages.map(([path, name]) => html`
            <a href=${inThisLanguage(path)} aria-current=${path === location.pathname ? 'page' : nothing}>${say(name)}</a>`)}
        </nav>
        <a class="who" href=${inThisLanguage('/sign-in')} aria-current=${location.pathname === '/sign-in' ? 'page' : nothing}>${
          session.who ? html`<span class="unseen">${say('signedInAs')} </span>${name(session.who.subject)}` : say('signIn')}</a>
        <button class="settings" aria-expanded=${this.settings ?? false} @click=${() => { this.settings = !this.settings; }}>${say('settings')}</button>
        <div class="switches" ?data-open=${this.settings}>
          <div role="group" aria-label=${say('language')} class="switch">
            ${LANGUAGES.map(([code, name]) => html`
              <button lang=${code} data-lang=${code} aria-pressed=${code === language.code}
                @click=${() => language.choose(code)}>${name}</button>`)}
          </div>
          <div role="group" aria-label=${say('appearance')} class="switch">
            ${THEMES.map((theme) => html`
              <button data-theme-choice=${theme} aria-pressed=${theme === this.theme}
                @click=${() => this.#choose(theme)}>${say(theme)}</button>`)}
          </div>
        </div>
      </header>`;
  }

  #choose(theme) {
    this.theme = theme;
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('vigie-theme', theme);
    } catch {
      // Without storage the choice holds for this visit.
    }
    document.dispatchEvent(new Event('vigie-theme'));
  }
});
