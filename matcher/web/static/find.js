// Find: typing with an input method, keys among the results, what is chosen to be compared.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const MOST = 3;

  // Half a word in pinyin isn't searched -------------------------------------------------------
  document.addEventListener("input", (event) => {
    if (event.isComposing && event.target.id === "q") event.stopImmediatePropagation();
  }, true);
  document.addEventListener("compositionend", (event) => {
    if (event.target.id === "q") event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // What is chosen stays while other words are looked for ---------------------------------------
  const KEY = "compare";
  const read = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch { return []; }
  };
  const write = (picked) => { try { sessionStorage.setItem(KEY, JSON.stringify(picked)); } catch { /* It lasts as long as the page then. */ } };
  let picked = read();
  const drop = (id) => { picked = picked.filter((each) => each.id !== id); write(picked); show(); };
  const item = (each, words, elsewhere) => {
    const line = document.createElement("li");
    const title = document.createElement("span");
    title.textContent = title.title = each.title;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "×";
    button.setAttribute("aria-label", `${words}: ${each.title}`);
    button.addEventListener("click", () => { drop(each.id); const rest = one(".compare-bar li button") || one("#q"); if (rest) rest.focus(); });
    line.append(title, button);
    if (elsewhere) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "id";
      hidden.value = each.id;
      line.append(hidden);
    }
    return line;
  };
  const show = () => {
    const bar = one("#compare");
    if (!bar) return;
    const boxes = all("[data-pick]");
    const ids = picked.map((each) => each.id);
    for (const box of boxes) {
      box.checked = ids.includes(box.value);
      box.disabled = !box.checked && ids.length >= MOST;
    }
    const here = boxes.map((box) => box.value);
    const list = one("[data-picked]", bar);
    list.replaceChildren(...picked.map((each) => item(each, list.dataset.remove, !here.includes(each.id))));
    bar.hidden = picked.length === 0;
    one("[data-picked-none]", bar).hidden = picked.length > 1;
    one(".btn", bar).disabled = picked.length < 2;
  };
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-pick]");
    if (!box) return;
    picked = picked.filter((each) => each.id !== box.value);
    if (box.checked && picked.length < MOST) picked.push({ id: box.value, title: box.dataset.title });
    write(picked);
    show();
  });

  // On a phone the choices are folded --------------------------------------------------------------
  const phone = matchMedia("(max-width: 46rem)");
  const fold = () => { const facets = one(".facets"); if (facets) facets.open = !phone.matches; };
  phone.addEventListener("change", fold);

  const ready = () => { show(); fold(); };
  let extended = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    extended = event.detail.target && event.detail.target.id === "more" ? all("[data-result]").length : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (extended !== null) { const first = all("[data-result]")[extended]; if (first) first.focus(); extended = null; }
    show();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (!target) return;
    if (target.id === "found") fold();
    const kept = { interest: "#interest", save: "#save", "search-list": "#search-list" }[target.id];
    if (kept) one(kept).focus();
  });
  document.addEventListener("htmx:historyRestore", ready);
  window.addEventListener("pageshow", () => { picked = read(); show(); });
  ready();

  // Keys --------------------------------------------------------------------------------------------
  const links = () => all("[data-result]");
  const at = () => links().findIndex((link) => link.closest(".result").contains(document.activeElement));
  const go = (to) => {
    const list = links();
    const link = list[Math.max(0, Math.min(list.length - 1, to))];
    if (link) { link.focus(); link.closest(".result").scrollIntoView({ block: "nearest" }); }
  };
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.id === "q" && event.key === "ArrowDown") { go(0); event.preventDefault(); return; }
    if (typing(event.target)) return;
    const here = at();
    const result = here < 0 ? null : links()[here].closest(".result");
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") { if (here === 0) one("#q").focus(); else go(here - 1); }
    else if (event.key === "x" && result) { const box = one("[data-pick]", result); if (box && !box.disabled) box.click(); }
    else if (event.key === "w" && result) { const why = one("[data-why]", result); if (why) why.open = !why.open; }
    else return;
    event.preventDefault();
  });
})();
