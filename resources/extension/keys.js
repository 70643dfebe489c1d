/* What the extension keeps: its own key pair, and the public key of the Second Me that it is paired with. Both in
 * IndexedDB; the secret half is a CryptoKey that nobody can export. */
import { newIdentity, pointOf } from "./channel.js";

const STORE = "keys";

function database() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("second-me", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function run(mode, act) {
  const base = await database();
  try {
    return await new Promise((done, failed) => {
      const transaction = base.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    base.close();
  }
}

let making = null;

/** { pair, point }: our key pair, made at first use, and its public half. */
export function identity() {
  making ??= found();
  return making;
}

async function found() {
  let pair = await run("readonly", (store) => store.get("identity"));
  if (!pair) {
    pair = await newIdentity();
    await run("readwrite", (store) => store.put(pair, "identity"));
  }
  return { pair, point: await pointOf(pair) };
}

/** The public key of our Second Me, or null. */
export async function partner() {
  return (await run("readonly", (store) => store.get("partner"))) ?? null;
}

export function keepPartner(point) {
  return run("readwrite", (store) => store.put(point, "partner"));
}
