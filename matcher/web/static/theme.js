// Before anything is painted: the browser's theme where the reader chose none.
(() => {
  const root = document.documentElement;
  if (!root.dataset.theme) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
    follow();
    dark.addEventListener("change", () => { if (!root.dataset.theme) follow(); });
  }
})();
