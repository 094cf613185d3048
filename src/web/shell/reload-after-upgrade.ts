// Loads the page anew when the server has other files than the ones this page was made of.

const MARK = "postern-reloaded-at";
const AGAIN_AFTER_MS = 30_000;

/** A page that is open across an upgrade asks for files that are gone. Not twice in a row. */
export function reloadAfterUpgrade(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const reloadedAtMs = Number(sessionStorage.getItem(MARK) ?? 0);
    if (Date.now() - reloadedAtMs < AGAIN_AFTER_MS) return;
    sessionStorage.setItem(MARK, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
