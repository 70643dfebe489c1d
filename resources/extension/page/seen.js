/* Whether a person can see a field, and so whether anything may be put into it. `obstacle(field, scene)` gives the word of
 * docs/fill.md: "", "hidden", "off_screen", "transparent", "covered", "too_small", "read_only", "disabled", "changed".
 * In doubt a field is not seen: what stays empty can be typed, what was filled unseen is told. */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const FAINT = 0.2;
  const ROW = 100;
  const SMALL = { box: [7, 7], text: [12, 8] };
  const MOVES =
    /opacity|visib|display|transform|translate|scale|rotate|clip|filter|mask|left|right|top|bottom|inset|margin|^width|height|offset[A-Z]|zIndex/i;
  const TIMING = new Set(["offset", "computedOffset", "easing", "composite"]);

  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

  /** What is looked at once for all fields of a page: what is painted where a hit test does not tell. `near(box)` gives
   * what could lie over a box. */
  function scene() {
    const covers = me.everything().filter(mayCover).map(cover).filter((each) => each.paint > FAINT);
    const isTall = (each) => each.fixed || each.bottom - each.top > 20 * ROW;
    const everywhere = covers.filter(isTall);
    const rows = new Map();
    for (const each of covers) {
      if (isTall(each)) continue;
      for (let row = Math.floor(each.top / ROW); row <= each.bottom / ROW; row++) {
        if (!rows.has(row)) rows.set(row, []);
        rows.get(row).push(each);
      }
    }
    return { near: (box) => [...everywhere, ...(rows.get(Math.floor((box.top + box.height / 2) / ROW)) ?? [])] };
  }

  function mayCover(element) {
    const css = me.style(element);
    if (css.display === "none" || css.visibility !== "visible") return false;
    return css.pointerEvents === "none" || me.DRAWN.has(element.localName) || isLoose(css) || me.reach(css) > 0;
  }

  /** Placed where it may lie over something, or pulled there by a negative margin. */
  function isLoose(css) {
    const margin = [css.marginTop, css.marginBottom, css.marginLeft, css.marginRight].some((each) => parseFloat(each) < -8);
    return css.position !== "static" || css.transform !== "none" || margin;
  }

  function cover(element) {
    const css = me.style(element);
    const reach = me.reach(css);
    const at = me.boxInTop(element);
    const own = reach ? Math.max(me.seenThrough(element), 0) : me.anyPaint(element);
    return {
      element,
      left: at.left - reach,
      top: at.top - reach,
      right: at.left + at.width + reach,
      bottom: at.top + at.height + reach,
      fixed: css.position === "fixed",
      paint: own,
    };
  }

  function forbidden(field) {
    if (field.matches(":disabled")) return "disabled";
    if (field.readOnly || field.getAttribute("aria-readonly") === "true") return "read_only";
    const chain = me.chain(field);
    if (chain.some((each) => each.inert || each.getAttribute("aria-disabled") === "true")) return "disabled";
    if (chain.some((each) => each.getAttribute("aria-hidden") === "true")) return "hidden";
    return "";
  }

  function undrawn(field) {
    if (!field.isConnected || !field.getClientRects().length) return "hidden";
    const seen = field.checkVisibility?.({ contentVisibilityAuto: false, visibilityProperty: true }) ?? true;
    if (!seen || me.style(field).visibility !== "visible") return "hidden";
    for (const each of me.chain(field)) {
      const css = me.style(each);
      if (css.display === "none" || css.contentVisibility === "hidden") return "hidden";
      if (me.isFrame(each) && css.visibility !== "visible") return "hidden";
      if (css.backfaceVisibility === "hidden" && turnedAway(each)) return "hidden";
    }
    return "";
  }

  /** Whether transforms up to the nearest flat ancestor show the back of an element. */
  function turnedAway(element) {
    let turned = false;
    for (const each of me.chain(element)) {
      const found = /^matrix3d\((.*)\)$/.exec(me.style(each).transform);
      if (found && parseFloat(found[1].split(",")[10]) < 0) turned = !turned;
    }
    return turned;
  }

  function faint(field) {
    if (me.chain(field).some((each) => me.once("veiled", each, () => veiled(each)))) return "transparent";
    return me.seenThrough(field) < FAINT ? "transparent" : "";
  }

  function veiled(element) {
    const css = me.style(element);
    const blended = css.mixBlendMode !== "normal" && element !== element.ownerDocument.documentElement;
    return blended || masked(css);
  }

  /** A mask that may let nothing through: a picture, or a gradient with a clear part. */
  function masked(css) {
    const mask = css.maskImage ?? css.webkitMaskImage ?? "none";
    if ((css.webkitMaskBoxImageSource ?? css.maskBorderSource ?? "none") !== "none") return true;
    if (mask === "none" || mask === "") return false;
    return mask.includes("url(") || /transparent|rgba\([^)]*,\s*0?\.?\d*\)|\/ 0/.test(mask);
  }

  /** Animations that are running on a field or around it and can take it away. */
  function restless(field) {
    return me.chain(field).some((each) => me.once("moves", each, () => moves(each))) ? "changed" : "";
  }

  function moves(element) {
    if (element.localName === "marquee") return true;
    return (element.getAnimations?.() ?? []).some((one) => {
      if (one.playState !== "running" && one.playState !== "paused") return false;
      const frames = one.effect?.getKeyframes?.() ?? [];
      return frames.some((frame) => Object.keys(frame).some((name) => !TIMING.has(name) && MOVES.test(name)));
    });
  }

  /** Size on the screen, and the room for letters inside. */
  function small(field) {
    const at = me.boxInTop(field);
    const [width, height] = isChoice(field) ? SMALL.box : SMALL.text;
    if (at.width < width || at.height < height) return "too_small";
    if (isChoice(field)) return "";
    const css = me.style(field);
    const scale = at.width / (field.offsetWidth || 1);
    const room = field.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight);
    const tall = field.clientHeight - parseFloat(css.paddingTop) - parseFloat(css.paddingBottom);
    if (room * scale < 8 || tall * scale < 4 || parseFloat(css.fontSize) * scale < 5) return "too_small";
    return squeezed(field, css) ? "transparent" : "";
  }

  /** Letters that are moved out of the field, or on top of each other. */
  function squeezed(field, css) {
    if (Math.abs(parseFloat(css.textIndent)) > field.clientWidth / 2) return true;
    return parseFloat(css.letterSpacing) < -0.4 * parseFloat(css.fontSize) || parseFloat(css.lineHeight) > 3 * field.clientHeight;
  }

  /** A frame or a box that scrolls, too small to look through. */
  function peephole(field) {
    const [width, height] = isChoice(field) ? SMALL.box : SMALL.text;
    for (const each of me.chain(field).slice(1)) {
      const css = me.style(each);
      const scrolls = ["auto", "scroll"].includes(css.overflowX) || ["auto", "scroll"].includes(css.overflowY);
      if (!scrolls && !me.isFrame(each)) continue;
      if (each === each.ownerDocument.documentElement || each === each.ownerDocument.body) continue;
      if (each.clientWidth < width || each.clientHeight < height) return "too_small";
    }
    return "";
  }

  /** Letters in the colour of what is behind them, and a field without any edge where nothing says that it is there. */
  function camouflaged(field) {
    if (isChoice(field) || !me.isField(field) || ["color", "range", "file"].includes(field.type)) return "";
    const css = me.style(field);
    const text = css.webkitTextFillColor || css.color;
    if (me.alphaOf(text) < FAINT || !me.standsOut(text, me.grounds(field, true), 1.15)) return "transparent";
    if (css.webkitTextSecurity && css.webkitTextSecurity !== "none" && field.type !== "password") return "transparent";
    return hasEdge(field) || isNamed(field) ? "" : "transparent";
  }

  /** An edge of the field, or of a box that hugs it, that stands out from what is behind. */
  function hasEdge(field) {
    const at = me.box(field);
    for (const each of me.chain(field).slice(0, 4)) {
      const box = me.box(each);
      if (box.width > at.width * 2.5 + 80 || box.height > at.height * 4 + 40) break;
      if (edges(me.style(each), me.grounds(each, false))) return true;
    }
    return false;
  }

  function edges(css, ground) {
    const stands = (text) => me.alphaOf(text) > 0 && me.standsOut(text, ground, 1.04);
    if (stands(css.backgroundColor) || css.backgroundImage !== "none") return true;
    if (css.boxShadow !== "none" && stands(css.boxShadow.split(") ")[0] + ")")) return true;
    const line = (side) => css[`border${side}Style`] !== "none" && parseFloat(css[`border${side}Width`]) > 0;
    if (["Top", "Right", "Bottom", "Left"].some((side) => line(side) && stands(css[`border${side}Color`]))) return true;
    return css.outlineStyle !== "none" && parseFloat(css.outlineWidth) > 0 && stands(css.outlineColor);
  }

  function isNamed(field) {
    if (field.placeholder?.trim()) return true;
    return (me.labelsByField().get(field) ?? []).some((label) => label.textContent.trim() && label.checkVisibility?.() !== false);
  }

  /** Far from all else: moved away by hand to where there is only empty page. */
  function strayed(field) {
    const moved = me.chain(field).find((each) => {
      const css = me.style(each);
      return css.position !== "static" || css.transform !== "none" || css.translate !== "none";
    });
    if (!moved || me.style(moved).position === "fixed") return "";
    const [at, view] = [me.box(field), field.ownerDocument.defaultView];
    const rest = me.once("extent", moved, () => extent(field.ownerDocument, moved));
    const across = Math.max(rest.left - at.right, at.left - rest.right) > view.innerWidth / 2;
    const down = Math.max(rest.top - at.bottom, at.top - rest.bottom) > view.innerHeight;
    return across || down ? "off_screen" : "";
  }

  /** The box around what stands in the flow of a page. */
  function extent(page, but) {
    const result = { left: 0, top: -page.defaultView.scrollY, right: page.defaultView.innerWidth, bottom: page.defaultView.innerHeight };
    const near = [page.body, ...page.querySelectorAll("body > *, body > * > *, body > * > * > *")];
    for (const each of near) {
      if (!each || each.contains(but) || but.contains(each) || me.style(each).position !== "static") continue;
      const at = me.box(each);
      if (!at.width && !at.height) continue;
      result.left = Math.min(result.left, at.left);
      result.right = Math.max(result.right, at.right);
      result.bottom = Math.max(result.bottom, at.bottom);
    }
    return result;
  }

  const first = (looks) => (field) => {
    for (const look of looks) {
      const found = look(field);
      if (found) return found;
    }
    return "";
  };

  Object.assign(me, { scene, isChoice, FAINT });
  /** What hides a field by itself and by what it stands in, and what forbids to fill one that can be seen. */
  me.hiddenAlone = first([undrawn, faint, strayed, small, peephole]);
  me.closedAlone = first([forbidden, camouflaged, restless]);
  me.takenAway = first([undrawn, faint, strayed, peephole]);
})();
