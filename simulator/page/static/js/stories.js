/** Entries of the journal that belong together: from a message in to the report back. */

const MOST = 80;
const FRESH = 60_000;
const STEPS = { update: "update", inbound_message: "update", trace: "handler", call: "call", status: "callback", message_status: "callback", inbound: "callback", webhook: "callback", fault: "fault", media_fetch: "call" };
const SPOILING = new Set(["timeout_after_accept", "cut_response", "duplicate_callback"]);
const DULL = new Set(["getUpdates", "getMe", "deleteWebhook", "setWebhook", "setMyCommands", "getFile", "messages.fetch", "content.list", "content.fetch"]);

/** The kinds of step, in the order of the timeline. */
export const KINDS = ["update", "handler", "change", "outbox", "call", "callback", "fault"];

/** Keeps the newest stories; each is {id, first, entries: [{kind, entry}], faulty}. */
export class Stories {
  constructor() {
    this.clear();
  }

  clear() {
    this.rows = [];
    this.byRef = new Map();
  }

  /** Put an entry to its story; false when it is not worth telling. */
  add(entry) {
    const kind = entry.kind === "trace" ? entry.step : STEPS[entry.kind];
    if (!kind || DULL.has(entry.method)) return false;
    const refs = refsOf(entry);
    const story = this.storyOf(entry, refs);
    if (entry.kind === "message_status" && this.lastIs(story, entry)) return false;
    story.entries.push({ kind: KINDS.includes(kind) ? kind : "handler", entry });
    story.faulty ||= kind === "fault" || entry.status >= 400 || Boolean(entry.error_code);
    for (const ref of refs) this.byRef.set(ref, story);
    this.rememberCall(entry, story);
    return true;
  }

  /** A fault that comes later may have spoiled this call; one that came before has been outlived by it. */
  rememberCall({ kind, channel, method }, story) {
    if (kind !== "call" && kind !== "status") return;
    const name = `${channel}:${(method ?? kind).toLowerCase()}`;
    this.byRef.set(`last:${name}`, story);
    this.byRef.delete(`next:${name}`);
  }

  lastIs(story, { sid, status }) {
    return story.entries.some(({ entry }) => entry.kind === "message_status" && entry.sid === sid && entry.status === status);
  }

  storyOf(entry, refs) {
    const begins = entry.kind === "update" || entry.kind === "inbound_message";
    const known = begins ? [] : [...new Set(refs.map((ref) => this.owner(ref, entry)).filter(Boolean))];
    if (known.length) return known.slice(1).reduce((story, other) => this.merge(story, other), known[0]);
    const story = { id: idOf(entry), first: entry, entries: [], faulty: false };
    this.rows.push(story);
    if (this.rows.length > MOST) this.forget(this.rows.shift());
    return story;
  }

  /** Whose a ref is. A message may be edited long after its story ended: that begins a new one. */
  owner(ref, entry) {
    const story = this.byRef.get(ref);
    if (!story || !ref.startsWith("message:")) return story;
    return Date.parse(entry.at) - Date.parse(story.entries.at(-1).entry.at) > FRESH ? undefined : story;
  }

  /** The program's trace ties two stories together: the older one goes on. */
  merge(one, other) {
    const [story, gone] = one.first.seq < other.first.seq ? [one, other] : [other, one];
    story.entries = [...story.entries, ...gone.entries].sort((a, b) => a.entry.seq - b.entry.seq);
    story.faulty ||= gone.faulty;
    for (const [ref, owner] of this.byRef) if (owner === gone) this.byRef.set(ref, story);
    this.rows = this.rows.filter((row) => row !== gone);
    return story;
  }

  forget(story) {
    for (const [ref, owner] of this.byRef) if (owner === story) this.byRef.delete(ref);
  }
}

function idOf(entry) {
  return entry.update_id ?? entry.sid ?? entry.response?.sid ?? entry.response?.result?.message_id ?? entry.seq;
}

/** A fault belongs to the call it spoiled (`last`), or to the one that came instead (`next`). */
function faultRef({ channel, method, fault }) {
  return `${SPOILING.has(fault) ? "last" : "next"}:${channel}:${method.toLowerCase()}`;
}

/** What ties entries together: updates, presses, messages, sids; the program may name more (`refs`). */
function refsOf(entry) {
  const request = entry.request ?? {};
  if (entry.kind === "fault") return [faultRef(entry)];
  const refs = [...(entry.kind === "trace" ? request.refs ?? [] : [])].map(String);
  if (entry.update_id) refs.push(`update:${entry.update_id}`);
  if (entry.kind === "trace" && request.update_id) refs.push(`update:${request.update_id}`);
  if (entry.channel === "telegram") refs.push(...telegramRefs(entry, request));
  if (entry.kind === "call" || entry.kind === "status") refs.push(`next:${entry.channel}:${(entry.method ?? entry.kind).toLowerCase()}`);
  const sid = entry.sid ?? request.MessageSid ?? (entry.channel === "twilio" ? entry.response?.sid : null);
  if (sid) refs.push(`sid:${sid}`);
  return refs;
}

function telegramRefs(entry, request) {
  const refs = [];
  const query = request.callback_query;
  const id = query?.id ?? request.callback_query_id;
  if (id) refs.push(`press:${id}`);
  const chat = request.chat_id ?? query?.message?.chat.id ?? request.message?.chat.id;
  const message = request.message_id ?? query?.message?.message_id ?? request.message?.message_id ?? entry.response?.result?.message_id;
  if (chat && message) refs.push(`message:${chat}:${message}`);
  if (request.message && chat) refs.push(`turn:${chat}:${entry.at}`);
  if (query && chat) refs.push(`turn:${chat}:${entry.at}`);
  if (entry.kind === "call" && String(entry.method).startsWith("send") && chat) refs.push(`turn:${chat}:${entry.at}`);
  return refs;
}
