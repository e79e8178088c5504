"use strict";
(() => {
  const form = document.querySelector("form"), search = form.elements.text, status = document.querySelector("[role=status]");
  const articles = [...document.querySelectorAll("article")], sections = [...document.querySelectorAll("main > section")];
  const texts = articles.map((one) => (one.closest("section").getAttribute("aria-label") + " " + one.textContent).toLowerCase());
  const show = () => {
    const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map((one) => one.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    articles.forEach((one, i) => {
      one.hidden = !levels.has(one.dataset.level) || !words.every((word) => texts[i].includes(word));
      shown += !one.hidden;
    });
    sections.forEach((one) => { one.hidden = !one.querySelector("article:not([hidden])"); });
    status.textContent = shown + " of " + articles.length + " differences";
  };
  const step = (by) => {
    const open = articles.filter((one) => !one.hidden), at = open.indexOf(document.activeElement.closest("article"));
    const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  const all = () => { search.value = ""; form.querySelectorAll("[name=level]").forEach((one) => { one.checked = true; }); show(); };
  const keys = { "/": () => { search.focus(); search.select(); }, j: () => step(1), k: () => step(-1), Escape: all };
  document.addEventListener("keydown", (event) => {
    const writes = event.target === search && event.key !== "Escape";
    if (writes || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) { return; }
    event.preventDefault();
    keys[event.key]();
  });
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.theme.hidden = document.querySelector(".keys").hidden = false;
  form.elements.theme.addEventListener("click", () => {
    const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
  });
  show();
})();
