// The pipeline's keys and its drag and drop; what moves a card is the server's own list of steps.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const deal = (element) => element && element.closest && element.closest(".deal");
  const links = (root) => all(".deal-link", root);
  const fine = window.matchMedia("(pointer: fine)");

  // From card to card ----------------------------------------------------------------------------
  const focused = () => deal(document.activeElement);
  const beside = (card, by) => {
    const columns = all(".column");
    const at = columns.indexOf(card.closest(".column"));
    const place = links(card.closest(".column")).indexOf(one(".deal-link", card));
    for (let next = at + by; columns[next]; next += by) {
      const found = links(columns[next]);
      if (found.length) return found[Math.min(place, found.length - 1)];
    }
    return null;
  };
  const step = (key) => {
    const card = focused();
    if (!card) return one(".deal-link");
    if (key === "ArrowLeft" || key === "ArrowRight") return beside(card, key === "ArrowLeft" ? -1 : 1);
    const inside = links(card.closest(".column"));
    return inside[inside.indexOf(one(".deal-link", card)) + (key === "ArrowUp" ? -1 : 1)];
  };
  const rows = (key) => {
    const found = all(".row-link");
    const row = document.activeElement.closest(".deals tbody tr");
    const at = row ? found.indexOf(one(".row-link", row)) : -1;
    return found[key === "ArrowUp" ? at - 1 : at + 1];
  };

  // Moving ---------------------------------------------------------------------------------------
  let asked = null;
  const choosing = () => { const card = focused(); return card ? one(".moves", card) : one(".one .moves, .narrow .moves"); };
  const close = () => {
    const card = focused();
    all(".deal .moving").forEach((place) => place.replaceChildren());
    if (card) one(".deal-link", card).focus();
  };
  const ask = (card, phase = "") => {
    all(".deal .moving").forEach((place) => place.replaceChildren());
    const where = one(".mover", card).getAttribute("href") + (phase ? `&phase=${phase}` : "");
    asked = card.dataset.id;
    htmx.ajax("GET", where, { source: card, target: one(".moving", card), swap: "innerHTML" });
  };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = deal(event.detail.elt);
    if (card) asked = card.dataset.id;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const place = event.detail.target;
    if (place.classList.contains("moving")) {
      const only = one("[data-only]", place);
      if (only) { only.click(); return; }
      const wanted = ["[data-first]", "[data-choice]", "select", "input:not([type=hidden])"];
      const first = wanted.map((selector) => one(selector, place)).find(Boolean);
      if (first) first.focus();
      place.scrollIntoView({ block: "nearest" });
    }
    if (place.id === "board" && asked) {
      const card = all(".deal").find((each) => each.dataset.id === asked);
      const link = card ? one(".deal-link", card) : one(".deal-link");
      if (link) link.focus();
    }
  });
  // Somebody else was quicker: the board shows where things stand.
  document.addEventListener("htmx:responseError", (event) => {
    const board = one("#board");
    if (board && [404, 409].includes(event.detail.xhr.status)) htmx.trigger(document.body, "moved");
  });

  // Drag and drop --------------------------------------------------------------------------------
  const ready = () => { if (fine.matches) all(".deal").forEach((card) => { card.draggable = true; }); };
  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = deal(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.id);
    dragged.classList.add("dragged");
  });
  const over = (event) => dragged && event.target.closest && event.target.closest(".column");
  document.addEventListener("dragover", (event) => {
    const column = over(event);
    all(".column.over").forEach((each) => { if (each !== column) each.classList.remove("over"); });
    if (column && column !== dragged.closest(".column")) { event.preventDefault(); column.classList.add("over"); }
  });
  document.addEventListener("drop", (event) => {
    const column = over(event);
    if (!column) return;
    event.preventDefault();
    if (column !== dragged.closest(".column")) ask(dragged, column.dataset.phase);
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    all(".column.over").forEach((each) => each.classList.remove("over"));
    dragged = null;
  });
  document.addEventListener("htmx:load", ready);
  ready();

  // Rows that are ticked, days that are chosen most, printing ---------------------------------------
  const count = () => {
    const place = one("#ticked");
    const found = all("[name=pick]:checked").length;
    if (place) place.textContent = found ? `(${found})` : "";
    const every = one("#tick-all");
    if (every) every.checked = found > 0 && found === all("[name=pick]").length;
  };
  const every = one("#tick-all");
  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => { all("[name=pick]").forEach((box) => { box.checked = every.checked; }); count(); });
    document.addEventListener("change", (event) => { if (event.target.name === "pick") count(); });
    window.addEventListener("pageshow", count);
  }
  document.addEventListener("click", (event) => {
    const day = event.target.closest("[data-day]");
    if (day) { const field = one(`#${day.dataset.for}`); field.value = day.dataset.day; field.focus(); }
    if (event.target.closest("[data-print]")) window.print();
  });
  const fault = one("#fault");
  if (fault) fault.scrollIntoView({ block: "center" });

  // Keys -----------------------------------------------------------------------------------------
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
  const onOne = (key) => {
    const named = one(`[data-first-of="${key}"]`);
    if (named) { named.focus(); return true; }
    if (key === "c" && one("[data-contract]")) { const sheet = one("[data-contract]"); sheet.open = true; one("select", sheet).focus(); return true; }
    if (key === "m" && one(".one .moves")) { const first = one(".one .moves [data-choice]"); if (first) first.focus(); return Boolean(first); }
    if (key === "b" && one(".one")) { one("[data-view=b]").click(); return true; }
    return false;
  };
  const pressed = (key) => {
    if (key.startsWith("Arrow")) {
      const next = one(".board") ? step(key) : one(".deals") && ["ArrowUp", "ArrowDown"].includes(key) ? rows(key) : null;
      if (next) next.focus();
      return Boolean(next);
    }
    const moves = choosing();
    const chosen = moves && one(`[data-choice="${CSS.escape(key)}"]`, moves);
    const within = moves && (moves.closest(".deal") || moves.contains(document.activeElement));
    if (chosen && within) { chosen.click(); return true; }
    if (key === "Escape" && one(".deal .moves")) { close(); return true; }
    if (key === "m" && focused()) { ask(focused()); return true; }
    if (key === "u") { const undo = one("[data-undo]"); if (undo) undo.click(); return Boolean(undo); }
    if (key === "v") { const other = one(".views a:not([aria-current])"); if (other) other.click(); return Boolean(other); }
    if (key === "x") { const row = document.activeElement.closest(".deals tr"); if (row) one("[name=pick]", row).click(); return Boolean(row); }
    return onOne(key);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && one(".deal .moves") && focused()) { close(); event.preventDefault(); return; }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (pressed(event.key)) event.preventDefault();
  });
})();
