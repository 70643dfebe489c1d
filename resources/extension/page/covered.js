/* Whether something lies over a field: by hit tests where it is on the screen now, by the order of painting elsewhere. */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const DRAWN_AWAY = new Set(["transparent", "off_screen", "too_small", "covered"]);

  /** The word for a field, or "" when a person can see it. `scene` is `me.scene()` of now. Many pages draw radios and
   * checkboxes themselves, beside a field that they hide: its label that is seen stands for it. */
  function obstacle(field, scene) {
    const found = obstacleOf(field, scene);
    if (!me.isChoice(field) || !DRAWN_AWAY.has(found)) return found;
    const labels = me.labelsByField().get(field) ?? [];
    return labels.some((each) => isLabelSeen(each, scene)) ? me.closedAlone(field) : found;
  }

  function isLabelSeen(label, scene) {
    const at = me.boxInTop(label);
    if (!me.collapsed(label.innerText) || at.width < 12 || at.height < 8 || me.takenAway(label)) return false;
    return me.closedAlone(label) === "" && !placed(label, scene);
  }

  function obstacleOf(field, scene) {
    const alone = me.hiddenAlone(field);
    if (alone) return alone;
    const points = me.reachable(field);
    if (points.length < me.pointsOf(me.box(field)).length * 0.5) return "off_screen";
    return me.closedAlone(field) || covered(field, points, scene);
  }

  /** Where an element stands: out of reach, or under something. */
  function placed(element, scene) {
    const points = me.reachable(element);
    if (points.length < me.pointsOf(me.box(element)).length * 0.5) return "off_screen";
    return covered(element, points, scene);
  }

  function covered(field, points, scene) {
    if (behindModal(field) || underCover(field, scene)) return "covered";
    const here = points.filter((point) => point.now);
    const over = here.filter((point) => hitCovered(field, point.at));
    return over.length > here.length * 0.4 ? "covered" : "";
  }

  /** A dialog that is open as a modal one makes all else out of reach. */
  function behindModal(field) {
    const chain = me.chain(field);
    return chain.some((each) => {
      if (each !== each.ownerDocument.documentElement) return false;
      const open = [...each.ownerDocument.querySelectorAll("dialog:modal, :fullscreen")].pop();
      return open && !chain.includes(open);
    });
  }

  /** What a hit test finds a field as, from its own shadow root or document outwards; `place` counts documents. */
  function levels(field) {
    const result = [{ target: field, place: 0 }];
    for (const each of me.chain(field)) {
      const { target, place } = result[result.length - 1];
      const scope = target.getRootNode();
      if (each === scope.host) result.push({ target: each, place });
      if (me.isFrame(each) && me.insideOf(each) === scope) result.push({ target: each, place: place + 1 });
    }
    return result;
  }

  /** Whether, in any document from the field outwards, something is painted over a point of it. */
  function hitCovered(field, places) {
    const chain = new Set(me.chain(field));
    return levels(field).some(({ target, place }) => scopeCovered(target, places[place], field, chain));
  }

  /** Hit test in one document or shadow root: what comes before `target` there and paints. */
  function scopeCovered(target, at, field, chain) {
    if (!at) return false;
    const scope = target.getRootNode();
    const stack = scope.elementsFromPoint(at.x, at.y);
    const found = stack.indexOf(target);
    if (found < 0) return !letsThrough(target);
    return stack.slice(0, found).some((each) => {
      if (each.getRootNode() !== scope || target.contains(each)) return false;
      return hides(each, target, chain) || hidesInside(each, at, field, chain);
    });
  }

  /** Something in the shadow root around a field that was given to a slot lies over it. */
  function hidesInside(host, at, field, chain) {
    const root = chain.has(host) && me.shadowOf(host);
    if (!root) return false;
    return root.elementsFromPoint(at.x, at.y).some((each) => {
      if (each.getRootNode() !== root || chain.has(each)) return false;
      return me.anyPaint(each) > me.FAINT && me.paintsAbove(each, field);
    });
  }

  /** A field that takes no clicks is in no hit test: the order of painting decides about it. */
  function letsThrough(target) {
    return me.style(target).pointerEvents === "none";
  }

  function hides(element, target, chain) {
    if (!chain.has(element)) return me.anyPaint(element) > me.FAINT;
    const pseudo = Math.max(...["::before", "::after", "::backdrop"].map((name) => me.pseudoPaint(element, name)));
    return pseudo > me.FAINT || (sunk(element, target) && me.ownPaint(element) > me.FAINT);
  }

  /** Whether something between an ancestor and the field is painted below the ancestor's own background. */
  function sunk(ancestor, target) {
    for (const each of me.chain(target)) {
      if (each === ancestor) return false;
      const css = me.style(each);
      if (css.zIndex !== "auto" && parseFloat(css.zIndex) < 0) return true;
    }
    return false;
  }

  /** By the order of painting: for what hit tests pass over (no pointer events, shadows), and what is below the fold. */
  function underCover(field, scene) {
    const at = me.boxInTop(field);
    const chain = new Set(me.chain(field));
    const view = { width: innerWidth, height: innerHeight };
    return scene.near(at).some((cover) => {
      if (chain.has(cover.element) || me.chain(cover.element).includes(field) || !spans(cover, at, view)) return false;
      return me.paintsAbove(cover.element, field);
    }) || me.chain(field).some((each) => each !== field && coveredByPseudo(each, field));
  }

  /** Whether a cover takes more than half of a box, or as a fixed one all that the box could be scrolled to. */
  function spans(cover, at, view) {
    const wide = Math.min(cover.right, at.left + at.width) - Math.max(cover.left, at.left);
    const tall = Math.min(cover.bottom, at.top + at.height) - Math.max(cover.top, at.top);
    if (wide > 0 && tall > 0 && wide * tall > 0.5 * at.width * at.height) return true;
    const whole = cover.right - cover.left >= view.width * 0.8 && cover.bottom - cover.top >= view.height * 0.8;
    return cover.fixed && whole;
  }

  /** A placed ::before or ::after of an ancestor, painted over the field. */
  function coveredByPseudo(ancestor, field) {
    return ["::before", "::after"].some((name) => {
      const css = me.style(ancestor, name);
      if (css.content === "none" || css.content === "normal" || !["absolute", "fixed"].includes(css.position)) return false;
      if (me.pseudoPaint(ancestor, name) <= me.FAINT) return false;
      const layer = css.zIndex === "auto" ? 0 : parseFloat(css.zIndex);
      if (layer < 0 || !spansPseudo(css, ancestor, field)) return false;
      const raised = raisedTo(field, ancestor);
      return raised === null || layer > raised || (layer === raised && name === "::after");
    });
  }

  /** Half of the field lies in the box of a placed pseudo-element, as far as its computed insets tell. */
  function spansPseudo(css, ancestor, field) {
    const [box, at] = [me.box(placer(ancestor)), me.box(field)];
    const left = box.left + parseFloat(css.left);
    const top = box.top + parseFloat(css.top);
    const [right, bottom] = [left + parseFloat(css.width), top + parseFloat(css.height)];
    const wide = Math.min(right, at.right) - Math.max(left, at.left);
    const tall = Math.min(bottom, at.bottom) - Math.max(top, at.top);
    return wide > 0 && tall > 0 && wide * tall > 0.5 * at.width * at.height;
  }

  function placer(element) {
    return me.chain(element).find((each) => me.holds(me.style(each), "absolute")) ?? element.ownerDocument.documentElement;
  }

  /** The layer of what holds the field inside an ancestor; null: it is in the flow. */
  function raisedTo(field, ancestor) {
    let result = null;
    for (const each of me.chain(field)) {
      if (each === ancestor) break;
      const css = me.style(each);
      if (css.position !== "static" || css.transform !== "none" || parseFloat(css.opacity) < 1) {
        result = css.zIndex === "auto" ? 0 : parseFloat(css.zIndex);
      }
    }
    return result;
  }

  Object.assign(me, { obstacle });
})();
