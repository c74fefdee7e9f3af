/** What the page knows about the simulated world, kept up to date by the stream of the journal. */

import { get } from "./api.js";

export const world = {
  people: new Map(),
  bot: { id: 0, first_name: "Bot", username: "" },
  chats: new Map(),
  customers: new Map(),
  clock: { epoch: 0, factor: 0, mark: performance.now() },
  stage: { company: {}, agenda: { running: false, plan: [] }, scenarios: [], controls: [], orders: [], travel: {} },
  faults: [],
  total: 0,
};

const watchers = new Map();

/** Call `act` when something of this kind changes: world, clock, stage, faults, entry, chat, customer. */
export function on(kind, act) {
  watchers.set(kind, [...(watchers.get(kind) ?? []), act]);
}

function tell(kind, detail) {
  for (const act of watchers.get(kind) ?? []) act(detail);
}

/** The simulated instant, in milliseconds. */
export function now() {
  const { epoch, factor, mark } = world.clock;
  return epoch * 1000 + (performance.now() - mark) * factor;
}

/** The zone in which times are shown. */
export const zone = () => world.stage.company.zone ?? "Asia/Jakarta";

/** Read everything anew. */
export async function load() {
  const [people, chats, customers, clock, stage, journal] = await Promise.all(
    ["users", "chats", "customers", "clock", "stage", "journal?since=1000000000"].map((name) => get(`/sim/${name}`)),
  );
  if (!people || !chats || !customers || !clock || !stage || !journal) return;
  world.total = journal.total;
  takePeople(people);
  takeChats(chats);
  world.customers = new Map(customers.customers.map((customer) => [customer.phone, customer]));
  world.stage = stage;
  setClock(clock.epoch, clock.factor);
  tell("world");
}

function takePeople(told) {
  world.people = new Map(told.users.map((person) => [person.id, person]));
  world.bot = told.bot;
}

function takeChats(told) {
  world.chats = new Map(told.chats.filter((chat) => chat.migrated_to === null).map((chat) => [chat.id, chat]));
}

function setClock(epoch, factor) {
  world.clock = { epoch, factor, mark: performance.now() };
  tell("clock");
}

/** Listen to the stream; `onConnection` hears whether it stands. */
export function listen(onConnection) {
  const stream = new EventSource("/sim/journal?tail=300");
  stream.addEventListener("open", () => onConnection(true));
  stream.addEventListener("error", () => onConnection(false));
  stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
  stream.addEventListener("again", async () => {
    world.total = 0;
    tell("again");
    await load();
  });
  stream.addEventListener("stage", (event) => {
    world.stage = JSON.parse(event.data);
    tell("stage");
  });
  stream.addEventListener("faults", (event) => {
    world.faults = JSON.parse(event.data).faults;
    tell("faults");
  });
}

const PEOPLE_CHANGE = new Set(["user_added", "role", "block", "unblock", "start"]);
const GROUPS_CHANGE = /^group_|^user_added$/;

/** One entry; those from before the page was loaded are for the timeline only. */
async function take(entry) {
  if (entry.seq <= world.total) return tell("entry", entry);
  if (entry.kind === "clock") setClock(Date.parse(entry.at) / 1000, entry.factor ?? 0);
  tell("entry", entry);
  for (const chat of chatsOf(entry)) tell("chat", { id: chat, entry });
  for (const phone of phonesOf(entry)) tell("customer", { phone, entry });
  return entry.channel === "sim" ? renew(entry) : null;
}

async function renew(entry) {
  if (PEOPLE_CHANGE.has(entry.kind)) return renewFrom("users", takePeople);
  if (GROUPS_CHANGE.test(entry.kind)) return renewFrom("chats", takeChats);
  if (entry.kind === "customer_changed") {
    return renewFrom("customers", (told) => {
      world.customers = new Map(told.customers.map((customer) => [customer.phone, customer]));
    });
  }
  return null;
}

const renewing = new Map();

/** Read one list anew; many wishes at once cost one reading. */
function renewFrom(name, takeOver) {
  if (renewing.has(name)) return renewing.get(name);
  const reading = new Promise((done) => setTimeout(done, 30)).then(async () => {
    renewing.delete(name);
    const told = await get(`/sim/${name}`);
    if (!told) return;
    takeOver(told);
    if (name === "users") takeChats((await get("/sim/chats")) ?? { chats: [] });
    tell("world");
  });
  renewing.set(name, reading);
  return reading;
}

/** Ids of the Telegram chats an entry is about. */
function chatsOf(entry) {
  const request = entry.request ?? {};
  if (entry.kind === "update") return [chatIn(request)].filter(Boolean);
  if (entry.channel === "telegram" && entry.kind === "call") return [Number(request.chat_id)].filter(Boolean);
  if (entry.channel === "sim" && entry.user_id) return [request.chat_id ?? entry.user_id];
  return entry.channel === "sim" && entry.chat_id ? [entry.chat_id] : [];
}

function chatIn(update) {
  const inner = Object.values(update).find((value) => typeof value === "object" && value !== null) ?? {};
  return (inner.message ?? inner).chat?.id;
}

/** Phones of the customers an entry is about. */
function phonesOf(entry) {
  if (entry.phone) return [entry.phone];
  if (entry.channel !== "twilio") return [];
  const request = entry.request ?? {};
  const address = entry.kind === "inbound_message" ? request.From : entry.to ?? request.To;
  return address ? [phoneOf(address)] : [];
}

/** The customer behind `whatsapp:+62...` or `whatsapp:ID.abc`. */
export function phoneOf(address) {
  const bare = address.replace(/^whatsapp:/, "");
  if (world.customers.has(bare)) return bare;
  for (const customer of world.customers.values()) if (customer.user_id === bare) return customer.phone;
  return bare;
}

/** What a person, a group or the bot is called. */
export function nameOf(number) {
  if (number === world.bot.id) return world.bot.first_name;
  const person = world.people.get(number);
  if (person) return [person.first_name, person.last_name].filter(Boolean).join(" ");
  return world.chats.get(number)?.title ?? String(number);
}

export const customerName = (phone) => world.customers.get(phone)?.name ?? phone;
