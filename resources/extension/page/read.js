/* Reads the form: structure, labels and what can be seen of it. No value of a field is given out; what stands in fields
 * is kept here, in the extension's own world of the page, to be compared and put back.
 */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const MOST_FIELDS = 400;
  const MOST_LOOKED_AT = 3000;
  const MOST_OPTIONS = 400;
  const LONGEST_TEXT = 2000;
  const MOST_READINGS = 8;
  const SIGHT = new Set(["hidden", "transparent", "off_screen", "too_small", "covered", "changed"]);

  me.readings ??= new Map();
  me.next ??= 1;

  /** Read the page. Gives { reading, form }: the number to fill by, and the form as docs/fill.md describes it. */
  me.read = () => {
    me.fresh();
    const found = chosen(me.fieldsWithTexts(), me.scene());
    const forms = [...document.querySelectorAll("form")];
    const reading = { href: here(), entries: found.map(remembered), print: me.print(), fill: null };
    me.readings.set(me.next, reading);
    for (const old of [...me.readings.keys()].slice(0, -MOST_READINGS)) me.readings.delete(old);
    const fields = found.map((each, index) => described(each, index, forms));
    return { reading: me.next++, form: { url: here(), ...head(), fields } };
  };

  function head() {
    return { title: me.collapsed(document.title).slice(0, 200), language: document.documentElement.lang.trim().slice(0, 35) };
  }

  /** The page's address without query and fragment. */
  function here() {
    return location.href.split(/[?#]/)[0];
  }

  /** With what is in its way. Of too many fields the first that can be seen are taken. */
  function chosen(all, scene) {
    const judged = [];
    let seen = 0;
    for (const each of all.slice(0, MOST_LOOKED_AT)) {
      if (seen >= MOST_FIELDS) break;
      const obstacle = me.obstacle(each.element, scene);
      if (!obstacle) seen++;
      judged.push({ ...each, obstacle });
    }
    let spare = MOST_FIELDS - seen;
    return judged.filter((each) => !each.obstacle || spare-- > 0);
  }

  function remembered({ element, every }) {
    return { element, identity: me.identity(element), held: me.held(element), says: says(every.before), choices: choices(element) };
  }

  /** The text before a field, for comparing: without digits, since clocks and prices may run on. */
  function says(before) {
    return before.replace(/\d+/g, "").slice(-60);
  }

  /** What each option of a select says, by its value. */
  function choices(element) {
    if (element.localName !== "select") return null;
    return new Map([...element.options].slice(0, MOST_OPTIONS).map((each) => [each.value, me.collapsed(each.textContent)]));
  }

  /** Whether what the person read before fields without a label of their own is still there. */
  me.sameTexts = (entries) => {
    const bare = entries.filter(({ element }) => !me.labelOf(element) && !element.placeholder && !element.ariaLabel);
    if (!bare.length) return true;
    const now = new Map(me.fieldsWithTexts().map(({ element, every }) => [element, says(every.before)]));
    return bare.every(({ element, says: read }) => now.get(element) === read);
  };

  /** What a field holds, for comparing and putting back. It never leaves this page. */
  me.held = (element) => (me.isChoice(element) ? String(element.checked) : element.value);

  /** Whether a field holds something; a choice that the page came with is nobody's answer. */
  function isFilled(element) {
    if (me.isChoice(element)) return element.checked !== element.defaultChecked;
    if (element.type === "range" || element.type === "color") return false;
    if (element.localName !== "select") return element.value.trim() !== "";
    const options = [...element.options];
    const given = options.some((each) => each.defaultSelected);
    const first = !given && element.type === "select-one" ? options.find((each) => !each.disabled) : null;
    return options.some((each) => each.selected !== (each.defaultSelected || each === first));
  }

  /** What makes a field the one that was read. */
  me.identity = (element) => {
    const kind = element.type;
    const target = element.form ? `${element.form.method} ${element.form.action}` : "";
    const names = ["id", "name", "autocomplete", "placeholder", "aria-label", "title", "pattern"];
    const said = names.map((name) => element.getAttribute(name) ?? "");
    const choice = me.isChoice(element) ? element.value : "";
    return JSON.stringify([element.localName, kind, ...said, choice, me.labelOf(element), target]);
  };

  /** A mark of the whole structure: it differs when fields came, went or became others. */
  me.print = () => me.everything().filter(me.isField).map(me.identity).join("\n");

  function described({ element, every, seen, obstacle }, index, forms) {
    const get = (name) => me.collapsed(element.getAttribute(name)).slice(0, me.LONGEST.label);
    const plain = (name) => (element.getAttribute(name) ?? "").slice(0, LONGEST_TEXT);
    const at = me.boxInTop(element);
    return {
      index,
      tag: element.localName,
      kind: element.type,
      id: plain("id"),
      name: plain("name"),
      autocomplete: get("autocomplete"),
      placeholder: get("placeholder"),
      title: get("title"),
      aria: get("aria-label"),
      label: me.labelOf(element),
      ...(SIGHT.has(obstacle) ? every : seen),
      hint: me.hintOf(element),
      form: forms.indexOf(element.form),
      options: optionsOf(element),
      maxlength: /^\d{1,7}$/.test(plain("maxlength")) ? Number(plain("maxlength")) : null,
      pattern: plain("pattern"),
      inputmode: get("inputmode"),
      required: element.hasAttribute("required") || element.getAttribute("aria-required") === "true",
      readonly: element.hasAttribute("readonly"),
      disabled: element.matches(":disabled"),
      filled: isFilled(element),
      obstacle,
      frame: "",
      x: Math.round(at.left),
      y: Math.round(at.top),
      width: Math.round(at.width),
      height: Math.round(at.height),
    };
  }

  function optionsOf(element) {
    if (me.isChoice(element)) return [{ value: element.value.slice(0, LONGEST_TEXT), text: me.labelOf(element) }];
    if (element.localName !== "select") return [];
    return [...element.options].slice(0, MOST_OPTIONS).map((option) => ({
      value: option.value.slice(0, LONGEST_TEXT),
      text: me.collapsed(option.textContent).slice(0, LONGEST_TEXT),
    }));
  }
})();
