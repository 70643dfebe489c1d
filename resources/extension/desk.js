/* What is under way: wishes that were sent, proposals that wait for the person in Second Me, fills that can be undone.
 * Numbers and ids only, kept in the browser's memory (`storage.session`) so that a sleeping background forgets nothing.
 */
import * as tabs from "./tabs.js";

const MOST_FILLS = 20;
const PATIENCE = 60000;

export class Desk {
  #wishes = new Map();
  #proposals = null;
  #saving = Promise.resolve();

  /** `send(message)` seals and sends, `note(tab, word, count)` tells the person. */
  constructor(send, note) {
    this.send = send;
    this.note = note;
  }

  /** Read a tab and ask for a proposal. Throws tabs.Unreadable. */
  async propose(tab) {
    const { page, form } = await tabs.read(tab.id);
    const request = crypto.getRandomValues(new Uint32Array(1))[0];
    this.#wishes.set(request, { page, url: form.url });
    setTimeout(() => this.#wishes.delete(request), PATIENCE);
    await this.send({ kind: "propose", request, form, window: await tabs.place(tab.windowId) });
  }

  async received(message) {
    if (message.kind === "proposed") await this.#proposed(message);
    if (message.kind === "fill") await this.#fill(message);
    if (message.kind === "dismissed") await this.#dismissed(message);
    if (message.kind === "restore") await this.#restore(message.proposal);
  }

  async #proposed({ request, proposal, code }) {
    const wish = this.#wishes.get(request);
    this.#wishes.delete(request);
    if (!wish) return void (proposal && (await this.send({ kind: "gone", proposal })));
    if (!proposal) return void this.note(wish.page.tab, code);
    const all = await this.#all();
    for (const [id, each] of all) if (!each.filled && each.page.tab === wish.page.tab) all.delete(id);
    all.set(proposal, { page: wish.page, filled: false });
    await this.#save();
    this.note(wish.page.tab, "waiting");
    await this.left((tab) => tab === wish.page.tab); // meanwhile, perhaps
  }

  async #fill({ proposal, fields }) {
    const found = (await this.#all()).get(proposal);
    if (!found || found.filled) return;
    const { page } = found;
    const left = !(await tabs.inFront(page.tab));
    const result = left ? stopped(fields, "tab_left") : await tabs.fill(page, fields).catch(gone(fields));
    const count = result.fields.filter((each) => each.ok).length;
    if (result.stopped && !count) (await this.#all()).delete(proposal);
    else found.filled = true;
    await this.#save();
    await this.send({ kind: "filled", proposal, fields: result.fields, stopped: result.stopped });
    this.note(page.tab, result.stopped || "filled", count);
  }

  async #dismissed({ proposal }) {
    const found = (await this.#all()).get(proposal);
    if (!found || found.filled) return;
    (await this.#all()).delete(proposal);
    await this.#save();
    this.note(found.page.tab, "");
  }

  async #restore(proposal) {
    const found = (await this.#all()).get(proposal);
    const nothing = { fields: [], stopped: "page_changed" };
    const result = found?.filled ? await tabs.undo(found.page).catch(gone([])) : nothing;
    (await this.#all()).delete(proposal);
    await this.#save();
    await this.send({ kind: "restored", proposal, fields: result.fields, stopped: result.stopped });
    if (found) this.note(found.page.tab, result.stopped || "restored", result.fields.filter((each) => each.ok).length);
  }

  /** Undo the last fill of a tab. False: there is none. */
  async undo(tab) {
    const last = [...(await this.#all())].filter(([, each]) => each.filled && each.page.tab === tab).pop();
    if (!last) return false;
    await this.#restore(last[0]);
    return true;
  }

  /** A tab was left, has another page, or was closed: what waits there is off; a fill stays as long as its page does. */
  async left(concerns) {
    for (const [proposal, { page, filled }] of [...(await this.#all())]) {
      if (!concerns(page.tab)) continue;
      if ((filled || (await tabs.inFront(page.tab))) && (await tabs.alive(page))) continue;
      if (!(await this.#all()).delete(proposal)) continue; // said already
      await this.#save();
      await this.send({ kind: "gone", proposal });
      if (!filled) this.note(page.tab, "");
    }
  }

  /** The connection ended: the other side withdrew what waits. Gives whether there are fills that could be undone. */
  async cut() {
    this.#wishes.clear();
    const all = await this.#all();
    for (const [id, each] of all) if (!each.filled) all.delete(id);
    await this.#save();
    return all.size > 0;
  }

  async #all() {
    if (!this.#proposals) {
      const { proposals = [] } = await chrome.storage.session.get("proposals");
      this.#proposals ??= new Map(proposals);
    }
    return this.#proposals;
  }

  #save() {
    const all = [...this.#proposals];
    for (const [id] of all.slice(0, -MOST_FILLS)) this.#proposals.delete(id);
    this.#saving = this.#saving.then(() => chrome.storage.session.set({ proposals: [...this.#proposals] }));
    return this.#saving;
  }
}

function stopped(fields, word) {
  return { fields: fields.map(({ index }) => ({ index, ok: false })), stopped: word };
}

function gone(fields) {
  return (error) => {
    if (error instanceof tabs.Unreadable) return stopped(fields, "page_changed");
    throw error;
  };
}
