// What HTML alone cannot do: dialogs, one press for a double click, and looking again when something changed.
"use strict";

const byId = (id) => document.getElementById(id);
const page = byId("page");
const answer = byId("answer");
const answerBody = byId("answer-body");
const confirmBox = byId("confirm");

// ---- Dialogs -------------------------------------------------------------------------------------------------------

function ask({ title, text, yes, no, style = "primary" }) {
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  byId("confirm-yes").className = style;
  byId("confirm-no").textContent = no;
  confirmBox.returnValue = "no";
  confirmBox.showModal();
  return new Promise((resolve) => {
    confirmBox.addEventListener("close", () => resolve(confirmBox.returnValue === "yes"), { once: true });
  });
}

function typedSomething() {
  const fields = [...answerBody.querySelectorAll("textarea, input[type=text]")];
  return answerBody.querySelector("[data-typed]") || fields.some((field) => field.value !== field.defaultValue);
}

async function leave() {
  if (!typedSomething() || (await ask(byId("leave").dataset))) answer.close();
}

answer.addEventListener("cancel", (event) => {
  if (event.target !== answer || !typedSomething()) return;
  event.preventDefault();
  leave();
});

answer.addEventListener("close", (event) => {
  if (event.target !== answer) return;
  answerBody.replaceChildren();
  if (document.activeElement === document.body) byId("main").focus(); // the button that was pressed is gone
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    const lost = event.target.closest("#lost");
    if (lost) lost.replaceChildren();
    else leave();
  }
});

document.addEventListener("htmx:confirm", (event) => {
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  ask(ctx.sourceElement.dataset).then((sure) => (sure ? issueRequest() : dropRequest()));
});

// ---- Presses -------------------------------------------------------------------------------------------------------

document.addEventListener(
  "click",
  (event) => {
    const secondOfDouble = event.detail > 1 && event.target.closest("[data-press] [type=submit], #confirm button");
    if (!secondOfDouble) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!ctx.request.form) return;
  say("");
  for (const error of ctx.request.form.querySelectorAll(".error")) error.textContent = "";
  for (const field of ctx.request.form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.request.form;
  if (!form || ctx.response.status >= 500) return; // unanswered: the same nonce makes a retry a repeat
  form.elements.nonce.value = crypto.randomUUID();
  if (form.hasAttribute("data-clears") && ctx.response.status < 400) form.reset();
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "POST") return;
  const status = ctx.response.status;
  if (status === 422) return markErrors();
  if (answerBody.childElementCount > 0) {
    if (!answer.open) answer.showModal();
  } else if (status < 400) {
    answer.close();
    say(byId("said").dataset.done, { seconds: 6 });
  }
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx?.request.form || ctx.response) return;
  const notice = answer.open && byId("notice");
  if (!notice) return say(byId("said").dataset.unsent);
  const unsent = document.createElement("p");
  unsent.className = "notice";
  unsent.textContent = byId("said").dataset.unsent;
  notice.replaceChildren(unsent);
});

function markErrors() {
  for (const error of answerBody.querySelectorAll(".error:not(:empty)")) {
    for (const field of error.parentElement.querySelectorAll("input, select, textarea")) {
      field.setAttribute("aria-invalid", "true");
    }
  }
  (answerBody.querySelector("[aria-invalid]") ?? byId("notice")).focus();
}

let silence = null;

function say(text, { seconds = 0 } = {}) {
  clearTimeout(silence);
  byId("said").textContent = text;
  if (seconds) silence = setTimeout(() => say(""), seconds * 1000);
}

// ---- Changes -------------------------------------------------------------------------------------------------------

const changedCards = new Set();
let lookAtAll = false;
let looking = null;

function changed(card) {
  if (card && byId(`card-${card}`)) changedCards.add(card);
  else lookAtAll = true;
  looking ??= setTimeout(look, 80); // a burst costs one look
}

function look() {
  looking = null;
  if (lookAtAll) {
    htmx.ajax("GET", page.dataset.fragment, { source: page, target: page, swap: "innerMorph" });
  } else {
    for (const card of changedCards) {
      const shown = byId(`card-${card}`);
      const address = `/fragments/card/${page.dataset.room}/${encodeURIComponent(card)}`;
      htmx.ajax("GET", address, { source: shown, target: shown, swap: "outerMorph" });
    }
  }
  lookAtAll = false;
  changedCards.clear();
}

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.sourceElement.matches("article")) changed(null); // this card is gone
});

function connect() {
  const stream = new EventSource("/events");
  stream.addEventListener("change", (event) => {
    const { room, card } = JSON.parse(event.data);
    changed(room === page.dataset.room ? card : null);
  });
  stream.addEventListener("open", () => (byId("offline").hidden = true));
  stream.addEventListener("error", () => {
    byId("offline").hidden = false;
    if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again
    changed(null); // refused: looking says why
    setTimeout(connect, 5000);
  });
}

// Tell a screen reader what is new by the card's neutral summary, not by its whole text.
let known = new Map();

function summaries() {
  return new Map([...page.querySelectorAll("article")].map((card) => [card.id, card.dataset.summary]));
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") return;
  const now = summaries();
  const news = [...now].filter(([id, summary]) => known.get(id) !== summary).map(([, summary]) => summary);
  if (news.length > 0) byId("news").textContent = [...new Set(news)].join(". ");
  known = now;
});

// The thing to do now stays in view on a small screen once its card has scrolled away.
if (byId("brief")) {
  new IntersectionObserver(([seen]) => {
    document.body.classList.toggle("brief-away", !seen.isIntersecting);
  }).observe(byId("brief"));
}

known = summaries();
connect();
