"use strict";
// Conveniences only: the page is complete without this.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // The language of the whole page, for readers that speak it aloud.
  const follow = () => {
    document.documentElement.lang = document.getElementById("show-zh").checked ? "zh-CN" : "en";
  };
  all("input[name=language]").forEach((input) => input.addEventListener("change", follow));

  const months = all("details.month");
  const set = (open) => () => months.forEach((month) => { month.open = open; });
  document.getElementById("open-all")?.addEventListener("click", set(true));
  document.getElementById("close-all")?.addEventListener("click", set(false));

  // Paper cannot be unfolded: rows that may be the one go along.
  const folded = all(".finding-card details");
  addEventListener("beforeprint", () => folded.forEach((each) => { each.open = true; }));

  // Pointing at a row lights up all that its curves reach.
  const light = (on) => (event) => {
    const row = event.target.closest?.("[data-match]");
    if (!row) return;
    for (const number of row.dataset.match.split(" ")) {
      all(`[data-match~="${CSS.escape(number)}"]`).forEach((each) => {
        each.classList.toggle("lit", on);
      });
    }
  };
  document.addEventListener("mouseover", light(true));
  document.addEventListener("mouseout", light(false));
})();
