/* The page as a person sees it: one tree of elements through shadow roots, slots and frames of the same origin.
 *
 * Runs in the isolated world of the extension: the page's own scripts see nothing of it. Injected with the others of this
 * folder, in the order tree, paint, seen, texts, read, fill; they meet in `globalThis.secondMe`.
 */
(() => {
  "use strict";
  const me = (globalThis.secondMe ??= {});
  const browserDom = globalThis.browser?.dom ?? globalThis.chrome?.dom;

  /** Elements that can have a shadow root (DOM standard). */
  const HOSTS = /-|^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;
  const MOST = 30000;
  /** What only a change of the document changes. Computed styles are alive by themselves. */
  const STRUCTURE = new Set(["shadow", "chain", "all", "labels", "label", "style", "::before", "::after", "::backdrop"]);
  const NOT_FIELDS = new Set(["hidden", "submit", "button", "reset", "image"]);

  /** What was found out about elements since `fresh()`: a page stands still while we look at it. */
  let known = new Map();

  function fresh() {
    known = new Map();
  }

  /** Forget how things look; what they are made of stays known, as long as nothing was added, taken or renamed. */
  function lookAgain() {
    for (const name of known.keys()) if (!STRUCTURE.has(name)) known.delete(name);
  }

  /** What `make()` gives for an element, asked once. */
  function once(name, element, make) {
    let found = known.get(name);
    if (!found) known.set(name, (found = new Map()));
    if (!found.has(element)) found.set(element, make());
    return found.get(element);
  }

  /** The shadow root of an element, closed ones too where the browser lets an extension see them; null: none. */
  function shadowOf(element) {
    if (element.shadowRoot) return element.shadowRoot;
    if (!HOSTS.test(element.localName)) return null;
    return once("shadow", element, () => closedShadow(element));
  }

  function closedShadow(element) {
    if (!browserDom?.openOrClosedShadowRoot) return element.openOrClosedShadowRoot ?? null; // Firefox
    try {
      return browserDom.openOrClosedShadowRoot(element);
    } catch {
      return null; // an element that can have none
    }
  }

  /** The document inside a frame, when it is of the same origin; null otherwise. */
  function insideOf(frame) {
    try {
      return frame.contentDocument?.documentElement ? frame.contentDocument : null;
    } catch {
      return null;
    }
  }

  function isFrame(element) {
    return element.localName === "iframe" || element.localName === "frame";
  }

  /** What stands below a node in the tree that is drawn: nodes of the shadow root, what a slot was given, a frame's page. */
  function below(node) {
    if (node.nodeType === 1) {
      if (isFrame(node)) return [insideOf(node)?.documentElement].filter(Boolean);
      const root = shadowOf(node);
      if (root) return [...root.childNodes, ...[...node.childNodes].filter((each) => !slotOf(each, root))];
      if (node.localName === "slot") {
        const given = node.assignedNodes();
        if (given.length) return given;
      }
    }
    return [...node.childNodes];
  }

  function slotOf(node, root) {
    if (node.assignedSlot) return node.assignedSlot;
    if (node.nodeType !== 1 && node.nodeType !== 3) return null;
    return [...root.querySelectorAll("slot")].find((slot) => slot.assignedNodes().includes(node)) ?? null;
  }

  /** The element that an element is drawn in: its slot, its host, the frame around its document; null: the very top. */
  function above(element) {
    const parent = element.parentNode;
    if (!parent) return null;
    if (parent.nodeType === 9) {
      try {
        return parent.defaultView?.frameElement ?? null;
      } catch {
        return null;
      }
    }
    if (parent.nodeType === 11) return parent.host ?? null;
    const root = shadowOf(parent);
    return (root && slotOf(element, root)) || parent;
  }

  /** An element and all that it is drawn in, from itself to the top. */
  function chain(element) {
    return once("chain", element, () => {
      const result = [];
      for (let each = element; each && result.length < 2000; each = above(each)) result.push(each);
      return result;
    });
  }

  function isField(element) {
    const name = element.localName;
    if (name === "select" || name === "textarea") return true;
    return name === "input" && !NOT_FIELDS.has(element.type);
  }

  function style(element, pseudo) {
    return once(pseudo ?? "style", element, () => element.ownerDocument.defaultView.getComputedStyle(element, pseudo));
  }

  /** Where an element stands, in CSS pixels of its own document's viewport. */
  function box(element) {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    return { left, top, right, bottom, width, height };
  }

  /** How a point in a frame's page is moved and scaled into the page around it. */
  function outwards(frame) {
    const at = box(frame);
    const css = style(frame);
    const scale = frame.offsetWidth ? at.width / frame.offsetWidth : 0;
    const left = at.left + (frame.clientLeft + parseFloat(css.paddingLeft)) * scale;
    const top = at.top + (frame.clientTop + parseFloat(css.paddingTop)) * scale;
    return { left, top, scale };
  }

  /** A box of an element in the viewport of the top page. */
  function boxInTop(element) {
    let { left, top, width, height } = box(element);
    for (const each of chain(element)) {
      if (!isFrame(each)) continue;
      const move = outwards(each);
      left = left * move.scale + move.left;
      top = top * move.scale + move.top;
      width *= move.scale;
      height *= move.scale;
    }
    return { left, top, width, height };
  }

  /** Every element of the tree that is drawn, in its order; at most `MOST`. */
  function everything() {
    return once("all", document, all);
  }

  function all() {
    const result = [];
    const waiting = [document.documentElement];
    while (waiting.length && result.length < MOST) {
      const node = waiting.pop();
      if (!node || node.nodeType !== 1) continue;
      result.push(node);
      const inner = below(node);
      for (let place = inner.length - 1; place >= 0; place--) waiting.push(inner[place]);
    }
    return result;
  }

  Object.assign(me, { fresh, lookAgain, once, shadowOf, insideOf, isFrame, below, above, chain, isField, style, box, outwards, boxInTop, everything });
})();
