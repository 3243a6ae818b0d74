"use strict";
(function () {
  const DAY = 86400000;
  const number = (text) => Date.parse(text.slice(0, 10) + "T00:00:00Z") / DAY;
  const name = (day) => new Date(day * DAY).toISOString().slice(0, 10);

  function within(row, day) {
    const since = number(row.dataset.since);
    const until = row.dataset.until ? number(row.dataset.until) : Infinity;
    return since <= day && day <= until;
  }

  function sayWhen(row, day) {
    const starts = row.dataset.since.length > 10 && number(row.dataset.since) === day;
    const ends = row.dataset.until.length > 10 && number(row.dataset.until) === day;
    const from = starts ? " from " + row.dataset.since.slice(11) : "";
    return from + (ends ? " until " + row.dataset.until.slice(11) : "");
  }

  function start(section) {
    const slider = section.querySelector(".slider");
    const input = slider.querySelector("input");
    const output = slider.querySelector("output");
    const rows = Array.from(section.querySelectorAll("li[data-since]"));
    const first = number(rows[0].dataset.since);
    const planned = input.dataset.planned ? number(input.dataset.planned) : first;
    const last = Math.max(number(rows[rows.length - 1].dataset.since), planned) + 60;
    input.min = first;
    input.max = last;
    input.value = Math.min(Math.max(planned, first), last);

    function show() {
      const day = Number(input.value);
      const found = rows.filter((row) => within(row, day));
      const verdicts = found.map((row) => row.dataset.verdict + sayWhen(row, day)).join(", ");
      const because = found.map((row) => (row.querySelector(".because") || {}).textContent).filter(Boolean).join("; ");
      const said = name(day) + ": " + verdicts;
      input.setAttribute("aria-valuetext", said);
      output.textContent = because ? said + " (" + because + ")" : said;
      for (const row of rows) {
        if (found.includes(row)) row.setAttribute("aria-current", "date");
        else row.removeAttribute("aria-current");
      }
    }
    input.addEventListener("input", show);
    slider.hidden = false;
    show();
  }

  document.querySelectorAll(".dates").forEach(start);

  function openTarget() {
    const found = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (found && found.tagName === "DETAILS") found.open = true;
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();

  let opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const each of opened) each.open = true;
  });
  window.addEventListener("afterprint", function () {
    for (const each of opened) each.open = false;
  });
})();
