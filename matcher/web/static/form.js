// What is typed into the form of a need or an outcome stays in this window until it is saved.
(() => {
  "use strict";
  const PREFIX = "draft:", SENT = "draft-sent";
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  if (!store) return;
  // Saved: the page that follows says so in its address.
  if (location.hash === "#saved") {
    const sent = store.getItem(SENT);
    if (sent) store.removeItem(sent);
    store.removeItem(SENT);
  }
  const form = document.querySelector("#record-form");
  if (!form) return;
  const name = PREFIX + form.dataset.draft;
  // A token and a key are of this page; the version is that of what was typed over.
  const kept = () => {
    const found = {};
    for (const [field, value] of new FormData(form)) {
      if (field !== "csrf_token" && field !== "key") (found[field] ||= []).push(value);
    }
    return found;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const begun = kept();
  const keep = () => {
    try {
      const now = kept();
      if (same(now, begun) && !("typed" in form.dataset)) store.removeItem(name);
      else store.setItem(name, JSON.stringify(now));
    } catch { /* A full store: the form itself still holds it. */ }
  };
  const restore = (found) => {
    for (const field of form.elements) {
      if (!field.name || field.name === "csrf_token" || field.name === "key") continue;
      const values = found[field.name] || [];
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  };
  const told = form.querySelector("[data-restored]");
  const read = () => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };
  const refresh = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  const found = "typed" in form.dataset ? null : read();
  if (found && !same(found, begun)) {
    restore(found);
    told.hidden = false;
    addEventListener("load", refresh);
  }
  if ("typed" in form.dataset) keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => { keep(); store.setItem(SENT, name); });
  form.querySelector("[data-discard]").addEventListener("click", () => {
    restore(begun);
    store.removeItem(name);
    told.hidden = true;
    refresh();
    form.querySelector("#title").focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".suggestions a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (field) { event.preventDefault(); field.scrollIntoView({ block: "center" }); field.focus({ preventScroll: true }); }
  });
  const fault = form.querySelector("[aria-invalid=true]");
  if (fault) fault.focus();
})();
