/* The button's window: how the connection is, and two actions. What would be filled is shown by Second Me alone. */
const port = chrome.runtime.connect({ name: "popup" });
const part = (id) => document.getElementById(id);
const word = (name, ...given) => chrome.i18n.getMessage(name, given.map(String));

const NEEDS_PAIRING = new Set(["not_paired", "declined", "timeout"]);
const ADVICE = new Set([
  "pairing", "not_paired", "locked", "not_installed", "no_service", "other_extension", "declined", "timeout", "busy",
]);

function show({ link, code, note, count }) {
  const pairing = link === "pairing";
  part("status").textContent = said(link, note, count);
  part("code").textContent = code;
  part("code").hidden = !code;
  part("advice").textContent = advised(link, code);
  part("pair").hidden = !NEEDS_PAIRING.has(link);
  part("fill").hidden = part("undo").hidden = pairing || NEEDS_PAIRING.has(link);
  part("fill").disabled = link === "connecting" || note === "waiting";
  if (!part("pair").hidden && document.activeElement === document.body) part("pair").focus();
}

/** What the person can do, where there is something to do. */
function advised(link, code) {
  if (code) return word("advice_code");
  return ADVICE.has(link) ? word(`advice_${link}`) : "";
}

/** What just happened, else how the connection is. */
function said(link, note, count) {
  const happened = note && note !== "unconnected" ? word(`note_${note}`, count) : "";
  return happened || word(`link_${link}`);
}

async function start() {
  part("pair").textContent = word("pair");
  part("fill").textContent = word("fill");
  part("undo").textContent = word("undo");
  for (const id of ["pair", "fill", "undo"]) part(id).addEventListener("click", () => port.postMessage({ kind: id }));
  const commands = await chrome.commands.getAll();
  const keys = commands.filter(({ name, shortcut }) => shortcut && ["fill", "undo"].includes(name));
  part("keys").textContent = keys.map(({ name, shortcut }) => `${word(name)}: ${shortcut}`).join(" · ");
  part("fill").focus();
}

port.onMessage.addListener(show);
port.postMessage({ kind: "connect" });
await start();
