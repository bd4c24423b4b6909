// What scripts add to an import: dropping a file, telling its size before it is sent, focus after a correction.
(() => {
  "use strict";
  const zone = document.querySelector("[data-drop]");
  const form = zone && zone.closest("form");
  const box = zone && zone.querySelector("input[type=file]");
  const tooLarge = zone && zone.querySelector("[data-too-large]");
  const fits = () => {
    const file = box.files[0];
    const is = !file || file.size <= Number(form.dataset.most);
    tooLarge.hidden = is;
    return is;
  };
  if (zone) {
    box.addEventListener("change", fits);
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) { box.files = event.dataTransfer.files; fits(); }
    });
    window.addEventListener("submit", (event) => {
      if (event.target === form && !fits()) { event.preventDefault(); event.stopImmediatePropagation(); box.focus(); }
    }, true);
  }
  document.addEventListener("change", (event) => {
    const row = event.target.matches(".mapping select") && event.target.closest("tr");
    if (row) row.classList.toggle("unread", !event.target.value);
  });
  let corrected = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    const row = event.target.closest && event.target.closest(".row-of");
    corrected = row ? row.id : "";
  });
  document.addEventListener("htmx:afterSwap", () => {
    const row = corrected && document.getElementById(corrected);
    corrected = "";
    if (row) row.focus({ preventScroll: true });
  });
})();
