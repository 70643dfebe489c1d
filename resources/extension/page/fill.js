/* Puts values into fields that were read, reads them back, and puts back what was there. It presses no key, clicks no
 * button and sends no form; while it works, a page that would send one by itself is stopped.
 */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const SETTLE = 60;
  /** Milliseconds after which what is not filled yet is left: a page of thousands of fields can be very slow. */
  const LONGEST = 15000;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /** Let the page's own work after an event run. No timer: those of a window that is covered run once a second. */
  function breathe() {
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        done();
      };
      port2.postMessage(null);
    });
  }

  /** Fill fields of a reading. `wanted`: [{ index, value }]. Gives { fields: [{ index, ok }], stopped }. */
  me.fill = async (number, wanted) => {
    const reading = me.readings.get(number);
    const until = performance.now() + LONGEST;
    const stopped = !reading || reading.fill || changed(reading, wanted) ? "page_changed" : "";
    if (stopped) return { fields: wanted.map(({ index }) => ({ index, ok: false })), stopped };
    reading.fill = new Map();
    const release = hold();
    const look = watched();
    try {
      for (const { index, value } of wanted) if (performance.now() < until) await put(reading, index, value, look);
      const late = performance.now() >= until;
      await wait(SETTLE * 2);
      const fields = wanted.map(({ index, value }) => ({ index, ok: kept(reading, index, value) }));
      return { fields, stopped: late ? "too_slow" : "" };
    } finally {
      look.end();
      await wait(SETTLE);
      release();
    }
  };

  /** Gives `me.scene()` of now, which is looked at anew only when something in the page has changed. */
  function watched() {
    me.fresh();
    let current = me.scene();
    let stale = false;
    const observer = new MutationObserver(() => (stale = true));
    const roots = new Set(me.everything().map((each) => each.getRootNode()));
    for (const root of roots) observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
      if (!stale && !observer.takeRecords().length) {
        me.lookAgain();
        return current;
      }
      stale = false;
      me.fresh();
      return (current = me.scene());
    };
    look.end = () => observer.disconnect();
    return look;
  }

  /** Whether the page is still the one that was read, and each wanted field still seen, empty or as it was. */
  function changed(reading, wanted) {
    me.fresh();
    if (location.href.split(/[?#]/)[0] !== reading.href || me.print() !== reading.print) return true;
    const scene = me.scene();
    const entries = wanted.map(({ index }) => reading.entries[index]);
    return entries.some((entry) => !entry || !fit(entry, scene)) || !me.sameTexts(entries);
  }

  function fit({ element, identity, held }, scene) {
    return element.isConnected && me.identity(element) === identity && me.held(element) === held && !me.obstacle(element, scene);
  }

  async function put(reading, index, value, look) {
    const entry = reading.entries[index];
    // Filling one field may change others: a field that is not as it was by now is left alone.
    if (entry.element.type === "password" || entry.element.type === "file" || !fit(entry, look())) return;
    const before = earlier(entry.element);
    if (entry.choices && !sameChoice(entry, value)) return;
    if (!set(entry.element, value, look)) return;
    reading.fill.set(index, { before, wrote: null });
    await breathe();
    reading.fill.get(index).wrote = me.held(entry.element);
  }

  /** Whether an option still says what it said when it was read. */
  function sameChoice({ element, choices }, value) {
    const option = [...element.options].find((each) => each.value === value);
    return option !== undefined && me.collapsed(option.textContent) === choices.get(value);
  }

  /** What a field held, with what of its group was chosen. */
  function earlier(element) {
    const group = element.type === "radio" && element.name ? me.everything().filter((each) => sameGroup(each, element)) : [];
    return { held: me.held(element), chosen: group.find((each) => each.checked) ?? null };
  }

  function sameGroup(one, other) {
    return one.type === "radio" && one.name === other.name && one.form === other.form && one.getRootNode() === other.getRootNode();
  }

  /** Give a field a value as a person's hand would, as far as scripts of the page can tell. False: it cannot hold it. */
  function set(element, value, look) {
    if (me.isChoice(element)) return check(element, value);
    if (element.localName === "select" && ![...element.options].some((each) => each.value === value && !each.disabled)) return false;
    if (element.maxLength > 0 && value.length > element.maxLength) return false;
    const identity = me.identity(element);
    tell(element, "focus", "FocusEvent", { bubbles: false });
    tell(element, "focusin", "FocusEvent");
    look();
    if (!element.isConnected || me.identity(element) !== identity || me.hiddenAlone(element)) return false; // the page put another one there
    native(element, "value", value);
    tell(element, "input", "InputEvent", { inputType: "insertReplacementText", data: value });
    tell(element, "change", "Event", { composed: false });
    tell(element, "blur", "FocusEvent", { bubbles: false });
    tell(element, "focusout", "FocusEvent");
    return true;
  }

  /** A radio or checkbox: `value` is its own, or "false" for a checkbox that is to be empty. A click is what frameworks
   * listen to there; it sends nothing. */
  function check(element, value) {
    const wanted = !(element.type === "checkbox" && value === "false");
    if (wanted && value !== element.value && value !== "true") return false;
    if (element.checked !== wanted) element.click();
    return true;
  }

  /** Set through the element's own prototype: libraries put theirs in front of it. */
  function native(element, property, value) {
    const view = element.ownerDocument.defaultView;
    const names = { input: "HTMLInputElement", select: "HTMLSelectElement", textarea: "HTMLTextAreaElement" };
    Object.getOwnPropertyDescriptor(view[names[element.localName]].prototype, property).set.call(element, value);
  }

  function tell(element, name, kind, more = {}) {
    const made = element.ownerDocument.defaultView[kind];
    element.dispatchEvent(new made(name, { bubbles: true, composed: true, ...more }));
  }

  /** Whether a field still holds what was put there, allowing for the page's own way of writing it. */
  function kept(reading, index, value) {
    const record = reading.fill.get(index);
    if (!record) return false;
    const { element } = reading.entries[index];
    record.wrote = me.held(element);
    if (me.isChoice(element)) return element.checked === (value !== "false" || element.value === "false");
    const bare = (text) => text.normalize("NFKC").replace(/[\s().,/_+-]/g, "").toLowerCase();
    return element.isConnected && (element.value === value || (element.localName !== "select" && bare(element.value) === bare(value)));
  }

  /** Put back what was there, in fields that still hold what was written. Gives { fields: [{ index, ok }], stopped }. */
  me.undo = async (number) => {
    const reading = me.readings.get(number);
    if (!reading?.fill) return { fields: [], stopped: "page_changed" };
    const release = hold();
    try {
      const fields = [];
      for (const [index, record] of reading.fill) {
        fields.push({ index, ok: await restore(reading.entries[index].element, record) });
      }
      reading.fill = null;
      reading.entries.forEach((entry) => (entry.held = me.held(entry.element)));
      return { fields: fields.sort((one, other) => one.index - other.index), stopped: "" };
    } finally {
      await wait(SETTLE);
      release();
    }
  };

  async function restore(element, { before, wrote }) {
    if (!element.isConnected || me.held(element) !== wrote) return false;
    if (me.held(element) === before.held) return true;
    if (!me.isChoice(element)) set(element, before.held, me.fresh);
    else if (element.type === "checkbox") element.click();
    else if (before.chosen?.isConnected) before.chosen.click();
    else uncheck(element);
    await breathe();
    return me.held(element) === before.held;
  }

  /** A radio that nobody had chosen: there is no click that would say so. */
  function uncheck(element) {
    native(element, "checked", false);
    tell(element, "input", "Event");
    tell(element, "change", "Event", { composed: false });
  }

  /** Keep the page from sending forms or leaving while we fill. Gives the function that lets it go. */
  function hold() {
    const stop = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const stay = (event) => {
      if (!event.userInitiated && !event.destination.sameDocument && event.cancelable) event.preventDefault();
    };
    const views = [...new Set(me.everything().map((each) => each.ownerDocument.defaultView))];
    for (const view of views) {
      view.addEventListener("submit", stop, true);
      view.navigation?.addEventListener("navigate", stay);
    }
    return () => {
      for (const view of views) {
        view.removeEventListener("submit", stop, true);
        view.navigation?.removeEventListener("navigate", stay);
      }
    };
  }
})();
