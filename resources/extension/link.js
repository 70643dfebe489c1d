/* One connection to Second Me: the native port, pairing, the session on it. Every end has a word: "locked",
 * "not_paired", "not_installed", "no_service", "other_extension", "declined", "timeout", "busy", "too_large",
 * "bad_message", "closed". */
import * as channel from "./channel.js";
import { identity, keepPartner, partner } from "./keys.js";

const HOST = "me.second.host";
const VERSION = 1;
const ANSWER = 15000;
const CONFIRMATION = 150000;

/** Thrown where a connection ends; `code` is its word. */
export class Ended extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const WORDS = new Set(["locked", "not_paired", "no_service", "other_extension", "declined", "timeout", "busy", "too_large", "bad_message"]);

export class Link {
  #port;
  #inbox = [];
  #waiting = null;
  #over = null;
  #keys = null;
  #sent = 0;
  #received = 0;
  #reading = Promise.resolve();
  #writing = Promise.resolve();
  ready = false;

  /** `onMessage(message)` gets what is opened, `onEnd(code)` is called once. */
  constructor(onMessage, onEnd) {
    this.onMessage = onMessage;
    this.onEnd = onEnd;
    this.#port = chrome.runtime.connectNative(HOST);
    this.#port.onMessage.addListener((frame) => this.#arrived(frame));
    this.#port.onDisconnect.addListener((port) => this.#end(reason(port.error ?? chrome.runtime.lastError)));
  }

  /** Open a session with the Second Me that we are paired with. Throws Ended. */
  async open() {
    const Kh = await partner();
    if (!Kh) return this.#fail("not_paired");
    const me = await identity();
    const share = await channel.newShare();
    const said = { Ke: me.point, Kh, Ne: channel.newNonce(), Se: await channel.pointOf(share) };
    this.#post({
      kind: "open", version: VERSION, key: channel.encoded(said.Ke), nonce: channel.encoded(said.Ne), share: channel.encoded(said.Se),
    });
    return this.#guarded(async () => {
      const answer = await this.#next("open", ANSWER);
      said.Nh = channel.decodedNonce(answer.nonce);
      said.Sh = channel.decodedKey(answer.share);
      const mark = await channel.transcript(said);
      if (!(await channel.proves(Kh, mark, "host", channel.decodedProof(answer.proof)))) return this.#fail("not_paired");
      this.#keys = await channel.sessionKeys(share.privateKey, said.Sh, mark);
      this.#post({ kind: "proof", proof: channel.encoded(await channel.sign(me.pair.privateKey, mark, "extension")) });
      await this.#ready();
    });
  }

  /** Pair: `show(code)` gets the six digits; resolves when the person said in Second Me that they are the same. */
  async pair(name, show) {
    const me = await identity();
    const nonce = channel.newNonce();
    const commit = channel.encoded(await channel.commitment(nonce, me.point));
    this.#post({ kind: "pair", version: VERSION, browser: name, key: channel.encoded(me.point), commit });
    return this.#guarded(async () => {
      const answer = await this.#next("pair", CONFIRMATION);
      const said = { Ke: me.point, Kh: channel.decodedKey(answer.key), Ne: nonce, Nh: channel.decodedNonce(answer.nonce) };
      this.#post({ kind: "reveal", nonce: channel.encoded(nonce) });
      show(await channel.pairingCode(said));
      await this.#next("paired", CONFIRMATION);
      await keepPartner(said.Kh);
    });
  }

  /** Send a message through the session, in the order of the calls. */
  send(message) {
    this.#writing = this.#writing.then(async () => {
      if (this.#over || !this.#keys) return;
      this.#post(await channel.sealed(this.#keys.out, this.#sent++, message));
    });
    return this.#writing;
  }

  get isReady() {
    return this.#keys !== null && this.#over === null && this.ready;
  }

  close(code = "closed") {
    this.#end(code);
  }

  async #ready() {
    const waiting = new Promise((done) => (this.#waiting = done));
    const first = await Promise.race([waiting, later(ANSWER)]);
    if (!this.ready) this.#fail(this.#over ?? (first ? "bad_message" : "timeout"));
  }

  /** The next frame in the clear, which must be of a kind. */
  async #next(kind, patience) {
    const frame = this.#inbox.shift() ?? (await Promise.race([new Promise((done) => (this.#waiting = done)), later(patience)]));
    this.#waiting = null;
    if (!frame && this.#over) throw new Ended(this.#over);
    if (!frame) this.#fail("timeout");
    if (frame.kind !== kind) this.#fail("bad_message");
    return frame;
  }

  async #guarded(act) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Ended) throw error;
      return this.#fail("bad_message"); // what cannot be decoded or verified
    }
  }

  #arrived(frame) {
    if (this.#over) return;
    if (frame?.kind === "refused") {
      this.#end(WORDS.has(frame.code) ? frame.code : "bad_message");
    } else if (this.#keys) {
      this.#reading = this.#reading.then(() => this.#unseal(frame));
    } else {
      this.#give(frame);
    }
  }

  #give(message) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(message);
    else this.#inbox.push(message);
  }

  async #unseal(frame) {
    if (this.#over) return;
    try {
      const message = await channel.opened(this.#keys.in, this.#received++, frame);
      if (this.ready) return void (await this.onMessage(message));
      this.ready = message.kind === "ready";
      this.#give(message);
    } catch (error) {
      console.error(error);
      this.#end("bad_message");
    }
  }

  #post(frame) {
    if (this.#over) throw new Ended(this.#over);
    this.#port.postMessage(frame);
  }

  #fail(code) {
    this.#end(code);
    throw new Ended(code);
  }

  #end(code) {
    if (this.#over) return;
    this.#over = code;
    this.ready = false;
    this.#port.disconnect();
    this.#waiting?.(null);
    this.onEnd(code);
  }
}

function later(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds, null));
}

/** A word for how the browser says that a native port ended. */
function reason(error) {
  const text = error?.message ?? "";
  if (/not found|no such native/i.test(text)) return "not_installed";
  return /forbidden|not allowed/i.test(text) ? "other_extension" : "no_service";
}
