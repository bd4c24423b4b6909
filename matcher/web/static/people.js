// What is shown once can be copied with one press.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const shown = document.getElementById(button.dataset.copy);
      const place = button.parentElement.querySelector("[data-told]");
      try {
        await navigator.clipboard.writeText(shown.textContent.trim());
        place.textContent = `✓ ${button.dataset.copied}`;
      } catch {
        getSelection().selectAllChildren(shown);
      }
    });
  }
})();
