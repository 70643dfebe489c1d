/* The texts around fields, by the rules of docs/fields.md; core/acting/html_page.py follows the same ones in files. */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const SILENT = new Set(["script", "style", "template", "head", "title", "svg", "math", "datalist", "object", "noscript"]);
  const BARE = new Set(["select", "textarea", "option"]);
  const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "legend"]);
  const BUTTONS = new Set(["submit", "button", "reset"]);
  const LONGEST = { before: 200, after: 120, section: 120, label: 200 };
  const MOST_NAMED = 8;
  const WRAPPERS_WITH_TITLE = 3;

  function collapsed(text) {
    return (text ?? "").replace(/\s+/gu, " ").trim();
  }

  /** What is written in an element, but for scripts and the values of controls. */
  function textOf(element) {
    const pieces = [];
    const collect = (node) => {
      if (node.nodeType === 3) pieces.push(node.data);
      else if (node.nodeType === 1 && !SILENT.has(node.localName) && !BARE.has(node.localName)) me.below(node).forEach(collect);
    };
    me.below(element).forEach(collect);
    return collapsed(pieces.join(" "));
  }

  /** The texts of the elements that an attribute names by id, in its order. */
  function named(field, attribute) {
    const ids = collapsed(field.getAttribute(attribute)).split(" ").filter(Boolean).slice(0, MOST_NAMED);
    const scope = field.getRootNode();
    const texts = ids.map((id) => scope.getElementById?.(id)).filter(Boolean).map(textOf);
    return texts.filter(Boolean).join(" ").slice(0, LONGEST.label);
  }

  function labelOf(field) {
    return me.once("label", field, () => labelTexts(field));
  }

  /** All labels of the page by their field: asking each field for its own takes a walk through the page each time. */
  function labelsByField() {
    return me.once("labels", document, () => {
      const result = new Map();
      for (const each of me.everything()) {
        const field = each.localName === "label" && each.control;
        if (field) result.set(field, [...(result.get(field) ?? []), each]);
      }
      return result;
    });
  }

  function labelTexts(field) {
    const texts = (labelsByField().get(field) ?? []).map(textOf).filter(Boolean);
    return texts.join(" ").slice(0, LONGEST.label) || named(field, "aria-labelledby");
  }

  function hintOf(field) {
    const titles = me.chain(field).slice(1, 1 + WRAPPERS_WITH_TITLE).map((each) => each.getAttribute("title"));
    const title = collapsed(titles.find(Boolean));
    return `${named(field, "aria-describedby")} ${title}`.trim().slice(0, LONGEST.before);
  }

  /** Whether an element takes its texts, and those in it, out of sight. */
  function takesAway(element, css) {
    if (css.display === "none" || parseFloat(css.opacity) < 0.05 || css.contentVisibility === "hidden") return true;
    if (css.display === "contents") return false;
    const at = me.box(element);
    const view = element.ownerDocument.defaultView;
    const drawn = at.width > 0 && at.height > 0;
    if (drawn && (at.right + view.scrollX <= 0 || at.bottom + view.scrollY <= 0)) return true;
    const cut = /hidden|clip/.test(css.overflowX + css.overflowY);
    if (cut && css.display !== "inline" && (at.width <= 1 || at.height <= 1)) return true;
    const clip = /^rect\((.*)\)$/.exec(css.clip);
    if (clip && ["absolute", "fixed"].includes(css.position)) {
      const [top, right, bottom, left] = clip[1].split(/,\s*/).map(parseFloat);
      if (right - left <= 1 || bottom - top <= 1) return true;
    }
    return /^(inset\((50|100)%|circle\(0|polygon\(0px 0px,? ?0px 0px)/.test(css.clipPath) || parseFloat(css.textIndent) <= -900;
  }

  /** All fields in the order of the tree: { element, every, seen }, each of the last two { before, after, section },
   * from all texts and from those that can be seen. */
  function fieldsWithTexts() {
    const found = [];
    const gaps = [{ every: [], seen: [] }];
    const state = { found, gaps, section: { every: "", seen: "" } };
    visit(document.documentElement, true, state);
    return found.map(({ element, section }, place) => {
      const texts = (kind) => ({
        before: gaps[place][kind].join(" ").slice(-LONGEST.before),
        after: gaps[place + 1][kind].join(" ").slice(0, LONGEST.after),
        section: section[kind],
      });
      return { element, every: texts("every"), seen: texts("seen") };
    });
  }

  function say(text, shown, state) {
    const clean = collapsed(text);
    if (!clean) return;
    const gap = state.gaps[state.gaps.length - 1];
    gap.every.push(clean);
    if (shown) gap.seen.push(clean);
  }

  function visit(node, shown, state) {
    if (node.nodeType === 3) return say(node.data, shown && me.style(node.parentElement ?? node.parentNode.host).visibility === "visible", state);
    if (node.nodeType !== 1 || SILENT.has(node.localName)) return undefined;
    const css = me.style(node);
    const seen = shown && !takesAway(node, css);
    if (HEADINGS.has(node.localName) || node.getAttribute("role") === "heading") head(node, seen, state);
    if (me.isField(node)) return meet(node, state);
    if (node.localName === "input" && BUTTONS.has(node.type)) return say(node.getAttribute("value"), seen, state);
    if (BARE.has(node.localName)) return undefined;
    return me.below(node).forEach((each) => visit(each, seen, state));
  }

  function head(node, seen, state) {
    const text = textOf(node).slice(0, LONGEST.section);
    if (!text) return;
    state.section = { every: text, seen: seen ? text : state.section.seen };
  }

  function meet(element, state) {
    state.found.push({ element, section: state.section });
    state.gaps.push({ every: [], seen: [] });
  }

  Object.assign(me, { collapsed, labelOf, labelsByField, hintOf, fieldsWithTexts, LONGEST });
})();
