// A page of a CRM, as small as can be: click to call, screen pop, call state, a note and an outcome.

import { AgentToolbar, DEFAULT_PORT } from "./agent-toolbar.js";

const AGENT_WORDS = {
  cti_off: "Telephone off",
  connecting: "Connecting",
  ready: "Ready",
  not_ready: "Not ready",
  ringing: "Ringing",
  on_call: "On a call",
  wrap_up: "Wrap-up",
  unknown: "No telephone system",
  asleep: "Asleep",
};
const CALL_WORDS = {
  dialing: "Dialling",
  alerting: "Ringing there",
  ringing: "Calling you",
  answering: "Answering",
  connected: "On the line",
  held: "On hold",
  ended: "Ended",
};
const STATE_WORDS = {
  closed: "Toolbar not running",
  connecting: "Connecting to the toolbar",
  unpaired: "Not connected",
  pairing: "Waiting for the code",
};
const PAIRING_WORDS = {
  unpaired: "This page is not connected with your agent toolbar.",
  pairing: "The toolbar shows a code of six digits. Type it here.",
  expired: "The code has expired.",
  refused: "The toolbar refused.",
  wrong_codes: "The code was wrong three times. Wait half a minute.",
};

const port = Number(new URLSearchParams(location.search).get("port")) || DEFAULT_PORT;
const toolbar = new AgentToolbar({ port });
const $ = (id) => document.getElementById(id);
const rows = []; // {contact, row}
let shown = null; // the call that the page is about, also just after its end

// ---------------------------------------------------------------------- what is shown

function showContacts(contacts) {
  for (const contact of contacts) {
    const row = document.createElement("tr");
    const link = document.createElement("a");
    link.href = `tel:${contact.number}`;
    link.textContent = contact.shown;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Call";
    button.setAttribute("aria-label", `Call ${contact.name}`);
    button.addEventListener("click", () => call(contact, button));
    for (const content of [contact.name, contact.company, link, button]) {
      const cell = document.createElement("td");
      cell.append(content);
      row.append(cell);
    }
    rows.push({ contact, row });
    $("contacts").append(row);
  }
}

function say(text) {
  $("said").textContent = text;
  $("said").hidden = text === "";
}

function showAgent() {
  const agent = toolbar.state === "open" ? toolbar.agent : null;
  $("agent").textContent = agent ? AGENT_WORDS[agent.state] : (STATE_WORDS[toolbar.state] ?? "Connected");
  $("agent").dataset.state = agent ? agent.state : "";
}

function showPairing(words = toolbar.state) {
  $("pairing").hidden = !["unpaired", "pairing"].includes(toolbar.state);
  $("code-form").hidden = toolbar.state !== "pairing";
  $("start-pairing").hidden = toolbar.state === "pairing";
  $("pairing-words").textContent = PAIRING_WORDS[words] ?? PAIRING_WORDS.unpaired;
  for (const { row } of rows) {
    row.querySelector("button").disabled = toolbar.state !== "open";
  }
}

function showCall() {
  const next = toolbar.calls.get(toolbar.current) ?? [...toolbar.calls.values()].at(-1) ?? null;
  if (next !== null) {
    if (shown?.id !== next.id) {
      $("note").value = next.subject;
      $("note-said").textContent = "Goes into the record of the call.";
    }
    shown = next;
  }
  const wrapUp = toolbar.wrapUp;
  const live = shown !== null && toolbar.calls.has(shown.id);
  $("call").hidden = shown === null || toolbar.state !== "open";
  if (shown !== null) {
    $("call-state").textContent = CALL_WORDS[live && shown.held ? "held" : live ? shown.state : "ended"];
    $("call-state").dataset.state = live ? shown.state : "ended";
    const known = rows.find((one) => one.contact.number === shown.number)?.contact;
    $("call-name").textContent = shown.contact?.name || known?.name || shown.name || shown.shown || "Unknown caller";
    $("call-number").textContent = shown.shown;
  }
  $("wrap-up").hidden = wrapUp === null;
  $("dispositions").replaceChildren(
    ...(wrapUp?.dispositions ?? []).map(({ code, label }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-pressed", String(wrapUp.disposition === code));
      button.addEventListener("click", () => attempt(toolbar.setDisposition(code, wrapUp.call)));
      return button;
    }),
  );
  for (const { contact, row } of rows) {
    const pops = live && contact.number === shown.number;
    if (pops && !("pop" in row.dataset)) {
      row.scrollIntoView({ block: "center" });
    }
    pops ? (row.dataset.pop = "") : delete row.dataset.pop;
  }
}

// ---------------------------------------------------------------------- what is asked

async function attempt(promise) {
  try {
    say("");
    return await promise;
  } catch (fault) {
    say(fault.message);
    return null;
  }
}

async function call(contact, button) {
  button.disabled = true;
  const asked = await attempt(toolbar.dial(contact.number));
  if (asked?.waits) {
    button.textContent = "Asked";
  }
  await asked?.settled;
  button.textContent = "Call";
  button.disabled = toolbar.state !== "open";
}

$("start-pairing").addEventListener("click", async () => {
  if (await attempt(toolbar.startPairing())) {
    $("code").value = "";
    $("code").focus();
  }
});

$("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(toolbar.pair($("code").value.replaceAll(/\D/g, "")));
});

async function keepNote() {
  try {
    await toolbar.setSubject($("note").value, shown.id);
    $("note-said").textContent = "Kept.";
  } catch (fault) {
    $("note-said").textContent = fault.message;
  }
}

$("note-form").addEventListener("submit", (event) => {
  event.preventDefault();
  keepNote();
});
$("note").addEventListener("change", keepNote); // who clicks elsewhere loses nothing

toolbar.addEventListener("state", ({ detail }) => {
  if (detail.state === "open") {
    say("");
  }
  showAgent();
  showPairing(detail.reason in PAIRING_WORDS ? detail.reason : detail.state);
  showCall();
});
toolbar.addEventListener("agent", showAgent);
for (const type of ["snapshot", "call", "wrap_up"]) {
  toolbar.addEventListener(type, () => {
    showAgent();
    showCall();
  });
}

showContacts(await (await fetch("sample-contacts.json")).json());
toolbar.subscribe();
toolbar.connect();
