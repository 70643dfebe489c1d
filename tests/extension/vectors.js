/* Runs in the extension's popup: its channel's arithmetic on the vectors of tests/browser/vectors.json. */
async (vectors) => {
  const channel = await import("/channel.js");
  const { extension, host, pairing, session, sealed } = vectors;
  const said = {
    Ke: channel.decodedKey(extension.public),
    Kh: channel.decodedKey(host.public),
    Ne: channel.decodedNonce(pairing.extension_nonce),
    Nh: channel.decodedNonce(pairing.host_nonce),
  };
  const opening = {
    ...said,
    Ne: channel.decodedNonce(session.extension_nonce),
    Nh: channel.decodedNonce(session.host_nonce),
    Se: channel.decodedKey(session.extension_share.public),
    Sh: channel.decodedKey(session.host_share.public),
  };
  const mark = await channel.transcript(opening);
  const share = { ...session.extension_share.jwk, key_ops: ["deriveBits"], ext: true };
  const own = await crypto.subtle.importKey("jwk", share, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const keys = await channel.sessionKeys(own, opening.Sh, mark);
  const unsealed = (key, all) => Promise.all(all.map(({ frame }) => channel.opened(key, frame.n, frame)));
  const late = channel.opened(keys.in, 1, sealed.to_extension[0].frame);
  return {
    commit: channel.encoded(await channel.commitment(said.Ne, said.Ke)),
    code: await channel.pairingCode(said),
    transcript: channel.encoded(mark),
    "host proves": await channel.proves(said.Kh, mark, "host", channel.decodedProof(session.host_proof)),
    "extension proves": await channel.proves(said.Ke, mark, "extension", channel.decodedProof(session.extension_proof)),
    "another proof": await channel.proves(said.Ke, mark, "host", channel.decodedProof(session.extension_proof)),
    "to extension": await unsealed(keys.in, sealed.to_extension),
    "to host": await unsealed(keys.out, sealed.to_host),
    "out of order": await late.then(() => "opened", () => "refused"),
  };
}
