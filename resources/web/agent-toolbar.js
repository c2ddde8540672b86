// Speaks to the agent toolbar on this computer, for pages of a CRM. No dependencies; an ES module.
// Messages: docs/local-api.md. Types: agent-toolbar.d.ts.

export const DEFAULT_PORT = 47824;
export const MAX_MESSAGE_BYTES = 65536;

const VERSION = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30000;
const ANSWER_MS = 10000;
const NOT_THERE = "The toolbar does not answer.";
const TOO_LONG = "That is too long for the toolbar, which takes 64 KiB.";

/** What the toolbar did not do. `code` is for programs, `message` is for people. */
export class ToolbarRefusal extends Error {
  constructor(code, message) {
    super(message);
    this.name = "ToolbarRefusal";
    this.code = code;
  }
}

/**
 * One toolbar. It is an EventTarget; its events are CustomEvents with what the toolbar said as `detail`:
 *   state         {state, reason}: "closed" (the toolbar is not there; tried again), "connecting", "unpaired" (this browser
 *                 has no token; nothing is tried until `startPairing`), "pairing" (the toolbar shows a code) or "open"
 *   snapshot      everything, after each connection: {calls, current, transfer, wrap_up, agent}
 *   call          {what, call, current}
 *   agent, transfer, wrap_up, dial_settled, pairing_over: as in docs/local-api.md
 */
export class AgentToolbar extends EventTarget {
  #options;
  #socket = null;
  #state = "closed";
  #wanted = false;
  #wait_ms = FIRST_WAIT_MS;
  #timer = 0;
  #id = 0;
  #answers = new Map();
  #topics = null;
  #listens = false;

  constructor(options = {}) {
    super();
    this.#options = {
      port: DEFAULT_PORT,
      storage: globalThis.localStorage,
      key: "agent-toolbar-token",
      ...options,
    };
    /** Live calls by id, as the toolbar told last. */
    this.calls = new Map();
    /** Id of the call that the toolbar's buttons act on, "" for none. */
    this.current = "";
    this.agent = null;
    this.transfer = null;
    this.wrapUp = null;
    /** Pages may open and finish the wrap-up. */
    this.mayWrapUp = false;
  }

  get state() {
    return this.#state;
  }

  /** Connects, and again whenever the connection is lost, until `disconnect`. */
  connect() {
    this.#wanted = true;
    if (!this.#listens) {
      this.#listens = true; // another tab of this browser may be paired meanwhile
      globalThis.addEventListener?.("storage", (event) => event.key === this.#options.key && this.#begin());
    }
    this.#begin();
  }

  disconnect() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    if (this.#socket === null) {
      this.#become("closed");
    } else {
      this.#socket.close(1000);
    }
  }

  /** Asks the toolbar to show a code to the person. Answers {expires_s, tries}. */
  async startPairing() {
    this.#wanted = true;
    if (this.#socket === null) {
      await new Promise((resolve, reject) => this.#open({ resolve, reject }));
    }
    const answer = await this.#ask("pair");
    this.#become("pairing");
    return answer;
  }

  /** The code that the person read in the toolbar and typed here. */
  async pair(code) {
    const answer = await this.#ask("pair_code", { code });
    this.#options.storage?.setItem(this.#options.key, answer.token);
    await this.#opened(answer);
  }

  /** This browser forgets its token; the toolbar's settings forget the page. */
  forget() {
    this.#options.storage?.removeItem(this.#options.key);
    this.#socket?.close(1000);
  }

  /**
   * Asks the agent to call a number. Answers {waits, settled}: `waits` is false when it was dialled at once; `settled` is a
   * promise of the call's id, or of null if nobody was called.
   */
  async dial(number) {
    let settle;
    const settled = new Promise((resolve) => (settle = resolve));
    const answer = await this.#ask("dial", { number }, settle);
    return { waits: answer.waits, settled };
  }

  /** What is to be told from now on, also after a new connection. Answers the snapshot. */
  async subscribe(topics = ["calls", "agent"]) {
    this.#topics = topics;
    return this.#state === "open" ? this.#subscribe() : null;
  }

  /** The line about a call; "" for the current one, or for the one that has just ended. */
  async setSubject(text, call = "") {
    await this.#ask("set_subject", { text, call });
  }

  /** The outcome, one of `wrapUp.dispositions`, while the wrap-up is open. */
  async setDisposition(disposition, call = "") {
    await this.#ask("set_disposition", { disposition, call });
  }

  async openWrapUp(call = "") {
    await this.#ask("set_wrap_up", { open: true, call });
  }

  async finishWrapUp(call = "") {
    await this.#ask("set_wrap_up", { open: false, call });
  }

  /** The toolbar comes to the front. */
  async show() {
    await this.#ask("show");
  }

  // -------------------------------------------------------------------- the connection

  get #token() {
    return this.#options.storage?.getItem(this.#options.key) ?? "";
  }

  #begin() {
    if (!this.#wanted || this.#socket !== null) {
      return;
    }
    if (this.#token) {
      this.#open();
    } else {
      this.#become("unpaired");
    }
  }

  /** `pairing`: a promise's ends, for a connection that is opened to be paired. */
  #open(pairing = null) {
    clearTimeout(this.#timer);
    this.#become("connecting");
    let socket;
    try {
      socket = new WebSocket(`ws://127.0.0.1:${this.#options.port}/`);
    } catch (fault) {
      // A page that is not served by https, or whose Content-Security-Policy lacks connect-src
      this.#lost(String(fault));
      pairing?.reject(new ToolbarRefusal("no_connection", String(fault)));
      return;
    }
    this.#socket = socket;
    socket.onopen = () => (pairing === null ? this.#greet() : pairing.resolve());
    socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
    socket.onclose = (event) => {
      if (this.#socket === socket) {
        this.#lost(event.reason);
      }
      pairing?.reject(new ToolbarRefusal("no_connection", NOT_THERE));
    };
  }

  async #greet() {
    try {
      await this.#opened(await this.#ask("hello", { token: this.#token }));
    } catch (fault) {
      if (fault.code === "page_not_paired") {
        this.#options.storage?.removeItem(this.#options.key); // the toolbar hangs up now
      } else {
        this.#socket?.close(1000); // and is asked again later
      }
    }
  }

  async #opened(answer) {
    this.#wait_ms = FIRST_WAIT_MS;
    this.mayWrapUp = answer.wrap_up;
    this.#become("open");
    if (this.#topics !== null) {
      await this.#subscribe();
    }
  }

  #lost(reason) {
    this.#socket = null;
    for (const { reject, settle } of this.#answers.values()) {
      reject(new ToolbarRefusal("no_connection", reason || NOT_THERE));
      settle?.(null);
    }
    this.#answers.clear();
    this.calls.clear();
    this.current = "";
    this.agent = this.transfer = this.wrapUp = null;
    if (this.#wanted && !this.#token) {
      this.#become("unpaired", reason); // nothing that could be tried again
      return;
    }
    this.#become("closed", reason);
    if (this.#wanted) {
      this.#timer = setTimeout(() => this.#open(), this.#wait_ms * (0.75 + Math.random() / 2));
      this.#wait_ms = Math.min(this.#wait_ms * 2, LONGEST_WAIT_MS);
    }
  }

  #become(state, reason = "") {
    if (state !== this.#state) {
      this.#state = state;
      this.#tell("state", { state, reason });
    }
  }

  // -------------------------------------------------------------------- messages

  #ask(type, members = {}, settle = null) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new ToolbarRefusal("no_connection", NOT_THERE));
        return;
      }
      const id = this.#id + 1;
      const text = JSON.stringify({ v: VERSION, id, type, ...members });
      if (new TextEncoder().encode(text).length > MAX_MESSAGE_BYTES) {
        reject(new ToolbarRefusal("message_too_long", TOO_LONG)); // sent, it would end the connection
        return;
      }
      this.#id = id;
      const late = setTimeout(() => {
        this.#answers.delete(id);
        reject(new ToolbarRefusal("no_answer", NOT_THERE));
      }, ANSWER_MS);
      this.#answers.set(id, { resolve, reject, settle, late });
      this.#socket.send(text);
    });
  }

  #heard(message) {
    switch (message.type) {
      case "call":
        this.current = message.current;
        if (message.what === "ended") {
          this.calls.delete(message.call.id);
        } else {
          this.calls.set(message.call.id, message.call);
        }
        break;
      case "agent":
        this.agent = message.agent;
        break;
      case "transfer":
        this.transfer = message.transfer;
        break;
      case "wrap_up":
        this.wrapUp = message.wrap_up;
        break;
      case "dial_settled":
        this.#answers.get(message.re)?.settle(message.call);
        this.#answers.delete(message.re);
        break;
      case "pairing_over":
        this.#become("unpaired", message.why);
        break;
      default:
        this.#answered(message);
        return;
    }
    this.#tell(message.type, message);
  }

  #answered(message) {
    const waiting = this.#answers.get(message.re);
    if (waiting === undefined) {
      return;
    }
    clearTimeout(waiting.late);
    if (message.type === "refused") {
      this.#answers.delete(message.re);
      waiting.reject(new ToolbarRefusal(message.code, message.text));
      return;
    }
    if (waiting.settle === null) {
      this.#answers.delete(message.re);
    }
    waiting.resolve(message);
  }

  async #subscribe() {
    const snapshot = await this.#ask("subscribe", { topics: this.#topics });
    this.calls = new Map(snapshot.calls.map((call) => [call.id, call]));
    this.current = snapshot.current;
    this.agent = snapshot.agent;
    this.transfer = snapshot.transfer;
    this.wrapUp = snapshot.wrap_up;
    this.#tell("snapshot", snapshot);
    return snapshot;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
