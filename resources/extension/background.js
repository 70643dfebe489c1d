/* The extension's centre: gestures of the person come in here, one connection to Second Me goes out. */
import { Desk } from "./desk.js";
import { partner } from "./keys.js";
import { Ended, Link } from "./link.js";
import * as tabs from "./tabs.js";

const AGAIN = [1000, 5000];
const BADGE = 5000;
const FIREFOX_KEY = "Alt+Shift+M";
/** What a gesture came to when nothing else is seen of it: the badge is behind the menu of extensions for most. */
const ANSWERS = new Set(["never_here", "nothing", "unreadable", "busy", "nothing_to_undo"]);
const COLOURS = { good: "#0F6B66", stop: "#8F5600" };

// For tests and the console of this background; no page can reach it.
globalThis.doors = { ...tabs, end: () => link?.close(), said: () => ({ ...state }), pair: () => pair(), show: tell };

let link = null;
let opening = null;
let pairing = null;
let answering = false;
/** What the popup shows: a word for the connection, the pairing code, the last thing that happened. */
const state = { link: "idle", code: "", note: "", count: 0, why: "" };
const popups = new Set();
const desk = new Desk(async (message) => link?.send(message), note);

function tell(change) {
  Object.assign(state, change);
  for (const port of popups) port.postMessage(state);
}

/** Tell the person what became of a wish: in the popup, and for a moment on the button. */
function note(tab, word, count = 0) {
  tell({ note: word, count });
  const stop = word !== "" && !["waiting", "filled", "restored"].includes(word);
  const text = stop ? "!" : word === "filled" ? String(count) : word === "waiting" ? "…" : "";
  const done = (promise) => promise.catch(() => undefined); // the tab was closed
  void done(chrome.action.setBadgeBackgroundColor({ tabId: tab, color: stop ? COLOURS.stop : COLOURS.good }));
  void done(chrome.action.setBadgeText({ tabId: tab, text }));
  if (text && word !== "waiting") setTimeout(() => void done(chrome.action.setBadgeText({ tabId: tab, text: "" })), BADGE);
  if (ANSWERS.has(word)) void showPopup();
}

/** Show the popup with what was just noted in it; it stays away where no window is in front. */
async function showPopup() {
  if (popups.size || !chrome.action.openPopup) return;
  answering = true;
  await chrome.action.openPopup().catch(() => (answering = false));
}

/** The open connection, made when there is none. Throws Ended. */
function connected() {
  if (link?.ready) return Promise.resolve(link);
  opening ??= open().finally(() => (opening = null));
  return opening;
}

async function open() {
  if (!(await partner())) throw new Ended("not_paired");
  tell({ link: "connecting" });
  link = new Link((message) => desk.received(message), (code) => void cut(code));
  await link.open();
  tell({ link: "ready", code: "" });
  return link;
}

async function cut(code) {
  link = null;
  tell({ link: code, code: "" });
  if ((await desk.cut()) && code === "no_service") reconnect(0);
}

/** A fill can be undone from Second Me's window only while we are connected: try again, a few times. */
function reconnect(round) {
  if (round >= AGAIN.length) return;
  setTimeout(() => connected().catch(() => reconnect(round + 1)), AGAIN[round]);
}

async function fill(tab) {
  try {
    await connected();
    await desk.propose(tab);
  } catch (error) {
    if (error instanceof tabs.Unreadable) unreadable(tab, error);
    else if (error instanceof Ended) await unconnected(tab, error.code);
    else throw error;
  }
}

function unreadable(tab, error) {
  console.warn("unreadable:", error.message); // the browser's own words, nothing of the page
  tell({ why: error.message });
  note(tab.id, "unreadable");
}

function tellUnconnected(error) {
  if (!(error instanceof Ended)) throw error;
  tell({ link: error.code });
}

async function unconnected(tab, code) {
  note(tab.id, "unconnected");
  tell({ link: code });
  await showPopup();
}

/** Put back what the page's own record says; Second Me is told where it can be reached. */
async function undo(tab) {
  await connected().catch(tellUnconnected);
  if (await desk.undo(tab.id)) return;
  note(tab.id, "nothing_to_undo");
}

function pair() {
  pairing ??= startPairing().finally(() => (pairing = null));
  return pairing;
}

async function startPairing() {
  link?.close();
  tell({ link: "pairing", code: "", note: "" });
  const made = new Link(() => undefined, (code) => (link === made ? void cut(code) : undefined));
  link = made;
  try {
    await made.pair(browserName(), (code) => tell({ code }));
    link = null;
    made.close();
    await connected();
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    tell({ link: error.code, code: "" });
  }
}

function browserName() {
  const brands = navigator.userAgentData?.brands?.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? [];
  const known = brands.find(({ brand }) => brand !== "Chromium") ?? brands[0];
  if (known) return `${known.brand} ${known.version}`;
  return navigator.userAgent.match(/Firefox\/\d+/)?.[0].replace("/", " ") ?? "Browser";
}

async function tabInFront() {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  return tab;
}

/** In Firefox Alt+Shift+F opens the menu "File" (its access key is F): another key there, once. Chromium has no such call,
 * and no such menu. */
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install" && chrome.commands.update) await chrome.commands.update({ name: "fill", shortcut: FIREFOX_KEY });
});

chrome.commands.onCommand.addListener(async (command, given) => {
  const tab = given ?? (await tabInFront());
  if (!tab) return;
  if (command === "fill") await fill(tab);
  if (command === "undo") await undo(tab);
});

chrome.runtime.onConnect.addListener((port) => {
  if (port.name !== "popup" || port.sender?.id !== chrome.runtime.id) return;
  popups.add(port);
  port.onDisconnect.addListener(() => popups.delete(port));
  port.onMessage.addListener(async ({ kind }) => {
    const tab = await tabInFront();
    if (kind === "connect") await connected().catch(tellUnconnected);
    if (kind === "pair") await pair();
    if (kind === "fill" && tab) await fill(tab);
    if (kind === "undo" && tab) await undo(tab);
  });
  tell(answering ? {} : { note: "", count: 0 });
  answering = false;
});

chrome.tabs.onActivated.addListener(({ tabId, windowId }) =>
  desk.left((tab) => tab !== tabId).catch((error) => console.error(windowId, error)),
);
chrome.tabs.onUpdated.addListener((tabId, change) => {
  if (change.status || change.url) void desk.left((tab) => tab === tabId);
});
chrome.tabs.onRemoved.addListener((tabId) => void desk.left((tab) => tab === tabId));
