// Runs before the first paint, so that nobody who chose dark is dazzled by a white page first.
(() => {
  try {
    const theme = localStorage.getItem('vigie-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // A browser that forbids storage follows the system's appearance.
  }
})();
