// All of this is comfort: without it the page is a form with links. What it adds:
// keys 1-5, larger pictures without leaving the page, and answers that outlive a lost network.
"use strict";

const form = document.getElementById("rating");
const notice = document.getElementById("notice");
const groups = [...form.querySelectorAll("fieldset")];
const isAnswered = (group) => group.querySelector("input:checked") !== null;
document.documentElement.classList.add("script");

// -- Drafts: what was chosen and not yet sent, if this tab is loaded again.
const draftKey = `draft-${form.dataset.draft}`;
const draft = new URLSearchParams(sessionStorage.getItem(draftKey) ?? "");
for (const [name, value] of draft) {
  const input = [...form.elements].find((element) => element.name === name && element.value === value);
  if (input) input.checked = true;
}
const answers = () => new URLSearchParams(new FormData(form));
form.addEventListener("change", () => sessionStorage.setItem(draftKey, answers()));

// -- Sending: again and again until the server has it.
const LONGEST_WAIT = 8000; // milliseconds
const GIVE_UP = 15000; // on one try
const AWAY = [502, 503, 504]; // a proxy without its server, or a database that is busy
let sending = false;
let wake = () => {};

async function send() {
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      const response = await fetch(form.action, {
        method: "POST", body: answers(), signal: AbortSignal.timeout?.(GIVE_UP),
      });
      if (!AWAY.includes(response.status)) return response;
    } catch { /* no network, or no server: the same to us */ }
    notice.textContent = "No connection. Your answer is kept here and is sent as soon as there is one.";
    await new Promise((resolve) => { wake = resolve; setTimeout(resolve, wait); });
  }
}
window.addEventListener("online", () => wake());

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) { wake(); return; }
  sending = true;
  const button = form.querySelector(".go button");
  button.setAttribute("aria-disabled", "true");
  const response = await send();
  if (response.ok) {
    sessionStorage.removeItem(draftKey);
    location.assign(response.url);
  } else {
    form.submit(); // the server's own page says what is wrong
  }
});
// Shown again from the browser's memory, the page must be able to send once more.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// -- Keys: a number answers the question with the focus, or else the first without an answer.
document.addEventListener("keydown", (event) => {
  const focus = document.activeElement;
  const ours = focus === document.body || form.contains(focus);
  if (!ours || event.ctrlKey || event.metaKey || event.altKey || zoom.open) return;
  if (event.key === "Enter" && focus === document.body) { form.requestSubmit(); return; }
  const group = groups.find((each) => each.contains(focus)) ?? groups.find((each) => !isAnswered(each)) ?? groups[0];
  const input = [...group.querySelectorAll("input")].find((each) => each.value === event.key);
  if (!input) return;
  event.preventDefault();
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const following = groups.find((each) => !isAnswered(each));
  (following?.querySelector("input") ?? form.querySelector(".go button")).focus();
});

// -- Larger pictures.
const zoom = document.getElementById("zoom");
const links = [...document.querySelectorAll("[data-zoom]")];
let current = 0;

function show(index) {
  current = (index + links.length) % links.length;
  const image = zoom.querySelector("img");
  image.src = links[current].href;
  image.alt = links[current].querySelector("img").alt;
}
links.forEach((link, index) => link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(index);
  zoom.showModal();
}));
zoom.addEventListener("click", (event) => {
  const step = event.target.closest("button")?.value ?? "0";
  if (step === "0") zoom.close(); else show(current + Number(step));
});
zoom.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft") show(current - 1);
  if (event.key === "ArrowRight") show(current + 1);
});
