/* The arithmetic of the secure channel to Second Me (docs/browser.md): keys, signatures, the code that both sides show,
 * sealed frames. Nothing here keeps a connection. Bytes are Uint8Array; in JSON they are base64url without padding.
 */
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SHARES = { name: "ECDH", namedCurve: "P-256" };
const SIGNED = { name: "ECDSA", hash: "SHA-256" };
const KEY_BYTES = 65;
const NONCE_BYTES = 32;
const PROOF_BYTES = 64;

const words = (text) => new TextEncoder().encode(text);
const PAIRING = words("second-me pairing 1");
const SESSION = words("second-me session 1");
const FRAME = words("second-me 1");

export function joined(...parts) {
  const result = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    result.set(part, place);
    place += part.length;
  }
  return result;
}

export function encoded(bytes) {
  let text = "";
  for (const each of bytes) text += String.fromCharCode(each);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of base64url without padding, of exactly `length` when it is given. Throws for anything else, also for a
 * second spelling of the same bytes. */
export function decoded(text, length) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(plain, (each) => each.charCodeAt(0));
  if (encoded(bytes) !== text || (length !== undefined && bytes.length !== length)) throw new Error("not the bytes that were expected");
  return bytes;
}

export const decodedKey = (text) => decoded(text, KEY_BYTES);
export const decodedNonce = (text) => decoded(text, NONCE_BYTES);
export const decodedProof = (text) => decoded(text, PROOF_BYTES);

export function newNonce() {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

/** A key pair for signing whose secret half cannot be taken out of the browser. */
export function newIdentity() {
  return crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
}

export function newShare() {
  return crypto.subtle.generateKey(SHARES, false, ["deriveBits"]);
}

/** The public half, 65 bytes. */
export async function pointOf(pair) {
  return new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
}

async function digest(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

/** What is promised before the other side's nonce is seen, so that neither side can choose the code. */
export function commitment(nonce, key) {
  return digest(nonce, key);
}

/** Six digits, "123 456". Keys and nonces of the extension (Ke, Ne) and of the service (Kh, Nh). */
export async function pairingCode({ Ke, Kh, Ne, Nh }) {
  const whole = await digest(PAIRING, Ke, Kh, Ne, Nh);
  const number = new DataView(whole.buffer).getBigUint64(0) % 1000000n;
  const digits = number.toString().padStart(6, "0");
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}

/** What both sides sign, and what salts their keys. */
export function transcript({ Ke, Kh, Ne, Nh, Se, Sh }) {
  return digest(SESSION, Ke, Kh, Ne, Nh, Se, Sh);
}

/** The proof of one side ("host", "extension"), 64 bytes. */
export async function sign(secret, mark, side) {
  return new Uint8Array(await crypto.subtle.sign(SIGNED, secret, joined(mark, words(side))));
}

export async function proves(point, mark, side, proof) {
  const key = await crypto.subtle.importKey("raw", point, CURVE, false, ["verify"]);
  return crypto.subtle.verify(SIGNED, key, proof, joined(mark, words(side)));
}

/** Keys of the two directions: { out } for what the extension sends, { in } for what it gets. */
export async function sessionKeys(own, other, mark) {
  const theirs = await crypto.subtle.importKey("raw", other, SHARES, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const way = { name: "HKDF", hash: "SHA-256", salt: mark, info: SESSION };
  const both = new Uint8Array(await crypto.subtle.deriveBits(way, base, 512));
  return { out: await frameKey(both.slice(0, 32)), in: await frameKey(both.slice(32)) };
}

export function frameKey(bytes) {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function way(number) {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setBigUint64(4, BigInt(number));
  return { name: "AES-GCM", iv, additionalData: FRAME };
}

/** Frame `number` of one direction: { n, box }. */
export async function sealed(key, number, message) {
  const box = await crypto.subtle.encrypt(way(number), key, words(JSON.stringify(message)));
  return { n: number, box: encoded(new Uint8Array(box)) };
}

/** The message in a frame. Throws when it is not number `number`, or was not sealed with this key. */
export async function opened(key, number, frame) {
  if (frame.n !== number) throw new Error("not the next frame");
  const plain = await crypto.subtle.decrypt(way(number), key, decoded(frame.box));
  return JSON.parse(new TextDecoder().decode(plain));
}
