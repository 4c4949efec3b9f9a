"use strict";
// Moves, hides and points. Words are only ever read from the page or written as text.

// A large page is laid out once, when it is all there.
document.documentElement.classList.add("loading");

function start() {
  const reading = document.getElementById("reading");
  const results = document.getElementById("results");
  const filters = document.getElementById("filters");
  const counter = document.getElementById("shown");
  const tip = document.getElementById("tip");
  const cards = [...results.querySelectorAll(".card")]; // cards[n] is the entry n of every data-of
  const marks = [...reading.querySelectorAll("mark")];
  const owners = marks.map((mark) => mark.dataset.of.split(" ").map(Number)); // worst first
  const shown = new Array(cards.length).fill(true);
  const order = new Map(marks.map((mark, at) => [mark, at]));
  let current = -1;

  const marksOf = (() => {
    let index = null;
    return (card) => {
      if (index === null) {
        index = cards.map(() => []);
        owners.forEach((own, at) => own.forEach((one) => index[one].push(marks[at])));
      }
      return index[card];
    };
  })();

  // From one side to the other.

  function select(card) {
    if (current !== card) {
      if (current >= 0) {
        cards[current].classList.remove("current");
        marksOf(current).forEach((mark) => mark.classList.remove("on"));
      }
      current = card;
      cards[card].classList.add("current");
      marksOf(card).forEach((mark) => mark.classList.add("on"));
    }
    const folded = cards[card].closest("details");
    if (folded !== null) folded.open = true;
  }

  function showCard(card) {
    select(card);
    cards[card].scrollIntoView({ block: "nearest" });
    cards[card].focus({ preventScroll: true });
  }

  function showMark(card, start = 0) {
    const own = marksOf(card);
    if (own.length === 0) return;
    select(card);
    const mark = own.find((one) => Number(one.dataset.start) >= start) ?? own[own.length - 1];
    mark.scrollIntoView({ block: "center", inline: "nearest" });
    mark.focus({ preventScroll: true });
  }

  function followMark(mark) {
    const own = owners[order.get(mark)].filter((card) => shown[card]);
    if (own.length === 0) return;
    showCard(own[(own.indexOf(current) + 1) % own.length]);
  }

  function step(by) {
    for (let at = current < 0 && by < 0 ? cards.length + by : current + by; at >= 0 && at < cards.length; at += by) {
      const folded = cards[at].closest("details");
      if (shown[at] && (folded === null || folded.open)) {
        showCard(at);
        const first = marksOf(at)[0];
        if (first !== undefined) first.scrollIntoView({ block: "center", inline: "nearest" });
        return;
      }
    }
  }

  // What is shown.

  const words = (() => {
    const read = [];
    return (card) => (read[card] ??= cards[card].textContent.toLowerCase());
  })();

  // Cards of one cause are one problem.
  const causes = cards.map((card) => card.closest(".cause") ?? card);
  const counted = (wanted) => new Set(causes.filter((_, at) => wanted(at))).size;
  const total = counted(() => true);

  function filter() {
    const kinds = new Set([...filters.querySelectorAll("[name=kind]:checked")].map((box) => box.value));
    const wanted = filters.elements.words.value.trim().toLowerCase();
    const severity = filters.elements.severity.value;
    const rule = filters.elements.rule.value;
    const report = filters.elements.report?.value ?? "";
    for (const section of results.querySelectorAll(".report")) {
      section.hidden = report !== "" && section.dataset.report !== report;
    }
    cards.forEach((card, at) => {
      const { kind, severity: weight, rule: code } = card.dataset;
      shown[at] =
        kinds.has(kind) &&
        (severity === "" || weight === severity) &&
        (rule === "" || code === rule) &&
        (report === "" || card.closest(".report").dataset.report === report) &&
        (wanted === "" || words(at).includes(wanted));
      card.hidden = !shown[at];
    });
    for (const cause of results.querySelectorAll(".cause")) {
      cause.hidden = cause.querySelector(".card:not([hidden])") === null;
    }
    const narrowed = wanted !== "" || rule !== "" || (kinds.size === 1 && kinds.has("consistent"));
    if (narrowed) {
      for (const folded of results.querySelectorAll("details.holding")) {
        folded.open = folded.querySelector(".card:not([hidden])") !== null;
      }
    }
    marks.forEach((mark, at) => {
      const worst = owners[at].find((card) => shown[card]);
      const kind = worst === undefined ? "off" : cards[worst].dataset.kind;
      mark.className = mark.className.replace(/^\S+/, kind);
    });
    reading.classList.toggle("no-ticks", !filters.elements.ticks.checked);
    const count = counted((card) => shown[card]);
    counter.textContent = count === total ? `共 ${count} 项` : `显示 ${count} 项，共 ${total} 项`;
  }

  let waiting = 0;
  filters.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target.name === "words" ? 120 : 0);
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.elements.report?.addEventListener("change", (event) => {
    filter();
    const section = results.querySelector(`#r${Number(event.target.value)}`);
    if (section === null) return;
    section.scrollIntoView();
    const first = section.querySelector(".card");
    if (first !== null) marksOf(Number(first.id.slice(1)))[0]?.scrollIntoView({ block: "start" });
  });

  // What a mark says.

  let explained = null;

  function explain(mark) {
    hush();
    const own = owners[order.get(mark)].filter((card) => shown[card]);
    if (own.length === 0) return;
    for (const card of own.slice(0, 3)) {
      const title = document.createElement("b");
      title.textContent = cards[card].querySelector("h4 b").textContent;
      const proof = document.createElement("span");
      const told = cards[card].querySelector(".calculation dd") ?? cards[card].querySelector("dd");
      proof.textContent = told?.textContent ?? "";
      tip.append(title, proof);
    }
    if (own.length > 3) {
      const more = document.createElement("b");
      more.textContent = `另有 ${own.length - 3} 条`;
      tip.append(more);
    }
    explained = mark;
    mark.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    place();
  }

  function place() {
    const mark = explained.getBoundingClientRect();
    const room = tip.getBoundingClientRect();
    const below = mark.bottom + 6;
    tip.style.left = `${Math.max(8, Math.min(mark.left, innerWidth - room.width - 8))}px`;
    tip.style.top = `${below + room.height < innerHeight ? below : Math.max(8, mark.top - room.height - 6)}px`;
  }

  function hush() {
    tip.hidden = true;
    tip.replaceChildren();
    explained?.removeAttribute("aria-describedby");
    explained = null;
  }

  function follow() {
    if (explained === null) return;
    const { top, bottom } = explained.getBoundingClientRect();
    const room = reading.getBoundingClientRect();
    if (bottom < Math.max(room.top, 0) || top > Math.min(room.bottom, innerHeight)) hush();
    else place();
  }

  for (const [event, told] of [["mouseover", explain], ["mouseout", hush], ["focusin", explain], ["focusout", hush]]) {
    reading.addEventListener(event, ({ target }) => {
      const mark = target.closest("mark");
      if (mark !== null && !mark.classList.contains("off")) told(mark);
    });
  }
  document.addEventListener("scroll", follow, { passive: true, capture: true });

  // Mouse and keyboard.

  reading.addEventListener("click", ({ target }) => {
    const mark = target.closest("mark");
    if (mark !== null && getSelection().isCollapsed) followMark(mark);
  });
  results.addEventListener("click", ({ target }) => {
    const card = target.closest(".card");
    if (card === null || !getSelection().isCollapsed) return;
    showMark(Number(card.id.slice(1)), Number(target.closest("[data-start]")?.dataset.start ?? 0));
  });

  function typed(event) {
    const { target, key } = event;
    const writing = target.matches("select, input[type=search]");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing) {
      if (key === "Escape") {
        if (target.name === "words" && target.value !== "") {
          target.value = "";
          filter();
        } else results.focus();
      }
      return;
    }
    const card = target.closest(".card");
    if (key === "/") filters.elements.words.select();
    else if (key === "j" || (key === "ArrowDown" && card === target)) step(1);
    else if (key === "k" || (key === "ArrowUp" && card === target)) step(-1);
    else if (key === "Enter" && target.matches("mark")) followMark(target);
    else if (key === "Enter" && card !== null && card === target) showMark(Number(card.id.slice(1)));
    else if (key === "Escape") {
      hush();
      if (target.matches("mark") && current >= 0) showCard(current);
      return;
    } else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", typed);

  // On paper everything is open.

  const closed = [];
  addEventListener("beforeprint", () => {
    for (const folded of results.querySelectorAll("details:not([open])")) {
      closed.push(folded);
      folded.open = true;
    }
  });
  addEventListener("afterprint", () => closed.splice(0).forEach((folded) => (folded.open = false)));

  filters.reset();
  filters.hidden = false;
  document.body.classList.add("live");
  counter.textContent = `共 ${total} 项`;
}

addEventListener("DOMContentLoaded", () => {
  try {
    start();
  } finally {
    document.documentElement.classList.remove("loading");
  }
});
