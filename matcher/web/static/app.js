// What scripts add to pages that work without them: keys, undo in place, faults told where one looks.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Faults and being offline -------------------------------------------------------------------
  const tell = (html) => {
    const place = one("#notices");
    place.innerHTML = html;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => { place.replaceChildren(); }, 12000);
  };
  const tellTemplate = (id) => { one("#notices").replaceChildren(one(id).content.cloneNode(true)); };
  // Who signs in anew in another window gets the token of the new session on this page, too.
  let signedOut = false;
  const renew = async () => {
    const address = one("a", one("#signed-out").content).href;
    const answer = await fetch(address).catch(() => null);
    const there = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!there || one("#password", there)) return;
    const token = one("[name=csrf_token]", there).value;
    one("meta[name=csrf]").content = token;
    all("[name=csrf_token]").forEach((field) => { field.value = token; });
    signedOut = false;
    one("#notices").replaceChildren();
  };
  window.addEventListener("focus", () => { if (signedOut) renew(); });
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = one("meta[name=csrf]").content;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) {
      event.detail.shouldSwap = false;
      tellTemplate("#signed-out");
      signedOut = true;
    } else if (status >= 400) {
      event.detail.shouldSwap = false;
      tell(event.detail.xhr.responseText);
    }
  });
  document.addEventListener("htmx:sendError", () => tellTemplate("#offline"));
  document.addEventListener("htmx:timeout", () => tellTemplate("#offline"));

  // A form is sent once until its answer is there ------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) delete form.dataset.sent;
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // A page may have changed its address since it came ---------------------------------------------
  document.addEventListener("submit", (event) => {
    const next = event.target.matches("[data-here]") && one("[name=next]", event.target);
    if (next) next.value = location.pathname + location.search;
  }, true);

  // Theme ------------------------------------------------------------------------------------------
  const theme = one("#theme");
  if (theme) theme.addEventListener("click", () => {
    const root = document.documentElement;
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.theme = root.dataset.bsTheme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
  });

  // A term and its partner light up together -----------------------------------------------------
  const light = (event, on) => {
    const term = event.target.closest && event.target.closest("[data-term]");
    const pair = term && term.closest("article, .result");
    if (pair) all(`[data-term="${term.dataset.term}"]`, pair).forEach((each) => each.classList.toggle("lit", on));
  };
  for (const [name, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }

  // Pairs: one is open, the others are lines ------------------------------------------------------
  const pairs = () => all(".pair");
  const opened = () => one(".pair.open");
  const open = (pair, focus = true) => {
    for (const each of pairs()) {
      const is = each === pair;
      each.classList.toggle("open", is);
      one("[data-open]", each).setAttribute("aria-expanded", String(is));
    }
    if (pair && focus) {
      pair.focus({ preventScroll: true });
      pair.scrollIntoView({ block: "nearest" });
    }
  };
  const step = (by) => {
    const list = pairs();
    const at = list.indexOf(opened());
    const next = list[at < 0 ? 0 : at + by];
    if (next) open(next);
  };
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-open]");
    if (line) { const pair = line.closest(".pair"); open(pair.classList.contains("open") ? null : pair, false); }
  });

  const named = location.hash.startsWith("#pair-") && document.getElementById(location.hash.slice(1));
  if (named) open(named);

  // What was decided: counted, and for ten seconds to be taken back ------------------------------
  const tally = { accept: 0, decline: 0, snooze: 0 };
  const counted = () => {
    const left = one("[data-left]");
    if (!left) return;
    const now = pairs().length;
    left.textContent = String(now);
    const end = one("#finished");
    end.hidden = now > 0;
    const summary = one("[data-summary]", end);
    if (summary) {
      const words = { accept: summary.dataset.accepted, decline: summary.dataset.declined, snooze: summary.dataset.snoozed };
      summary.textContent = Object.keys(tally).filter((name) => tally[name]).map((name) => `${tally[name]} ${words[name]}`).join(", ");
    }
  };
  let following = null;
  let restored = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    const pair = event.target.closest(".pair");
    const done = event.target.closest(".done");
    restored = done ? done.id : "";
    if (pair) { const list = pairs(); const at = list.indexOf(pair); following = list[at + 1] || list[at - 1] || null; }
  });
  document.addEventListener("htmx:afterSwap", () => {
    const fresh = one("[data-done]:not([data-told])");
    if (fresh) {
      fresh.dataset.told = "1";
      tally[fresh.dataset.done] += 1;
      setTimeout(() => fresh.classList.add("over"), 10000);
      if (following && following.isConnected) open(following);
      else one("#main").focus();
    }
    const again = restored && document.getElementById(restored);
    if (again && again.matches(".pair")) open(again);
    restored = "";
    counted();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const done = event.target.closest && event.target.closest(".done");
    if (done && event.detail.shouldSwap) tally[done.dataset.done] -= 1;
  });

  // What a stop of the tour points at -------------------------------------------------------------
  const tour = one("[data-aim]");
  const aimed = tour && one(tour.dataset.aim);
  if (aimed) aimed.classList.add("aimed");

  // Keys --------------------------------------------------------------------------------------------
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");
  let going = false;
  const go = (key) => {
    const link = one(`[data-go="${key}"]`);
    if (link) link.click();
  };
  const choose = (pair, key) => {
    const chooser = one(`[data-choose="${key}"]`, pair);
    if (!chooser) return;
    const was = chooser.open;
    all("[data-choose]", pair).forEach((each) => { each.open = false; });
    chooser.open = !was;
    if (chooser.open) one("button", chooser).focus();
  };
  const inPair = (event) => {
    const pair = opened();
    const key = event.key;
    if (key === "j") return step(1), true;
    if (key === "k") return step(-1), true;
    if (key === "u") {
      const undo = all("[data-undo]").filter((each) => !each.closest(".over")).pop();
      if (undo) undo.click();
      return Boolean(undo);
    }
    if (!pair) return false;
    const chosen = one(`[data-choose][open] [data-choice="${key}"]`, pair);
    if (chosen) return chosen.click(), true;
    if (key === "Escape") return all("[data-choose]", pair).forEach((each) => { each.open = false; }), pair.focus(), true;
    if (key === "a") return one('[data-key="a"]', pair).click(), true;
    if (key === "d" || key === "s") return choose(pair, key), true;
    if (key === "w") { const why = one("[data-why]", pair); why.open = !why.open; return true; }
    return false;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (going) { going = false; go(event.key); event.preventDefault(); return; }
    if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1200); return; }
    if (event.key === "?") { one("#key-list").showModal(); event.preventDefault(); return; }
    if (event.key === "/") { const box = one("[data-search]"); if (box) { box.focus(); event.preventDefault(); } else go("f"); return; }
    if (one("#pairs") && inPair(event)) event.preventDefault();
  });
  const keys = one("#keys");
  if (keys) keys.addEventListener("click", () => one("#key-list").showModal());
  for (const menu of all("details.menu")) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; one("summary", menu).focus(); } });
  }
})();
