// Types of agent-toolbar.js. What the members mean stands in docs/local-api.md.

export const DEFAULT_PORT: 47824;
/** Of one message in UTF-8; what is longer is refused as `message_too_long` and not sent. */
export const MAX_MESSAGE_BYTES: 65536;

export type ToolbarState = "closed" | "connecting" | "unpaired" | "pairing" | "open";
export type CallState = "dialing" | "alerting" | "ringing" | "answering" | "connected" | "ended";
export type CallWhat = "dialing" | "alerting" | "ringing" | "answered" | "held" | "resumed" | "changed" | "ended";
export type AgentState =
  | "cti_off"
  | "connecting"
  | "ready"
  | "not_ready"
  | "ringing"
  | "on_call"
  | "wrap_up"
  | "unknown"
  | "asleep";
export type Topic = "calls" | "agent";

export interface Contact {
  name: string;
  company: string;
  importance: "normal" | "high" | "vip";
  crm_id: string;
  crm_url: string;
}

export interface Call {
  id: string;
  direction: "incoming" | "outgoing";
  state: CallState;
  held: boolean;
  /** E.164 where it can be told; "" when the caller withheld it. */
  number: string;
  shown: string;
  name: string;
  contact: Contact | null;
  queue: string;
  subject: string;
  started_s: number;
  answered_s: number;
  ended_s: number;
  end_cause: string;
}

export interface Agent {
  state: AgentState;
  reason: string;
  since_s: number;
}

export interface Transfer {
  call: string;
  kind: "blind" | "consultation";
  state: string;
  target: string;
  outcome: string;
}

export interface WrapUp {
  call: string;
  subject: string;
  disposition: string;
  missing: ("subject" | "disposition")[];
  deadline_s: number;
  dispositions: { code: string; label: string }[];
}

export interface Snapshot {
  calls: Call[];
  current: string;
  transfer: Transfer | null;
  wrap_up: WrapUp | null;
  agent: Agent | null;
}

export interface ToolbarEvents {
  state: { state: ToolbarState; reason: string };
  snapshot: Snapshot;
  call: { what: CallWhat; call: Call; current: string };
  agent: { agent: Agent };
  transfer: { transfer: Transfer | null };
  wrap_up: { wrap_up: WrapUp | null };
  dial_settled: { re: number; call: string | null };
  pairing_over: { why: "expired" | "refused" | "wrong_codes" };
}

export interface ToolbarOptions {
  /** Where the toolbar listens; DEFAULT_PORT. */
  port?: number;
  /** Where this browser keeps its token; localStorage. */
  storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Under which name. */
  key?: string;
}

export class ToolbarRefusal extends Error {
  /** A code of the toolbar, or of the client: "no_connection", "no_answer", "message_too_long". */
  readonly code: string;
}

export class AgentToolbar extends EventTarget {
  constructor(options?: ToolbarOptions);
  readonly state: ToolbarState;
  readonly calls: Map<string, Call>;
  readonly current: string;
  readonly agent: Agent | null;
  readonly transfer: Transfer | null;
  readonly wrapUp: WrapUp | null;
  readonly mayWrapUp: boolean;
  connect(): void;
  disconnect(): void;
  startPairing(): Promise<{ expires_s: number; tries: number }>;
  pair(code: string): Promise<void>;
  forget(): void;
  dial(number: string): Promise<{ waits: boolean; settled: Promise<string | null> }>;
  subscribe(topics?: Topic[]): Promise<Snapshot | null>;
  setSubject(text: string, call?: string): Promise<void>;
  setDisposition(disposition: string, call?: string): Promise<void>;
  openWrapUp(call?: string): Promise<void>;
  finishWrapUp(call?: string): Promise<void>;
  show(): Promise<void>;
  addEventListener<K extends keyof ToolbarEvents>(
    type: K,
    listener: (event: CustomEvent<ToolbarEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
