/* What is painted, and what is painted above what. Colours are [red, green, blue, alpha], 0 to 255 and 0 to 1. */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const DRAWN = new Set(["img", "video", "canvas", "iframe", "frame", "object", "embed", "svg", "input", "select", "textarea"]);

  /** A computed colour. */
  function colour(text) {
    if (!text || text === "transparent") return [0, 0, 0, 0];
    const found = /^rgba?\(([^)]+)\)$/.exec(text);
    if (!found) return painted(text);
    const [red, green, blue, alpha] = found[1].split(/[\s,/]+/).filter(Boolean);
    const part = alpha === undefined ? 1 : alpha.endsWith("%") ? parseFloat(alpha) / 100 : parseFloat(alpha);
    return [parseFloat(red), parseFloat(green), parseFloat(blue), part];
  }

  /** A colour in another notation (oklch, color(srgb …)), as the browser paints it; null: the browser does not say. */
  function painted(text) {
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!pen) return null;
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function alphaOf(text) {
    const found = colour(text);
    return found ? found[3] : 1;
  }

  /** One colour over another. */
  function over(upper, lower) {
    const part = upper[3];
    return [0, 1, 2].map((each) => upper[each] * part + lower[each] * (1 - part)).concat(1);
  }

  /** Contrast of two opaque colours, 1 to 21 (WCAG 2, relative luminance). */
  function contrast(one, other) {
    const light = (each) => {
      const [red, green, blue] = each.slice(0, 3).map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  /** The colours that may be behind an element, itself included when `own`: one, or those of a gradient; none: a
   * picture is there, nobody knows. */
  function grounds(element, own) {
    const layers = [];
    for (const each of own ? me.chain(element) : me.chain(element).slice(1)) {
      const css = me.style(each);
      if (css.backgroundImage.includes("url(") || css.backgroundImage.includes("element(")) return [];
      const stops = stopsOf(css.backgroundImage);
      if (stops.length) layers.push(stops);
      const plain = colour(css.backgroundColor);
      if (!plain) return [];
      layers.push([plain]);
      if (plain[3] >= 0.999 || (stops.length && stops.every((stop) => stop[3] >= 0.999))) break;
    }
    const mixed = (lower, upper) => lower.flatMap((under) => upper.map((each) => over(each, under))).slice(0, 16);
    return layers.reverse().reduce(mixed, [[255, 255, 255, 1]]);
  }

  /** The colours of gradients, as computed styles write them. */
  function stopsOf(image) {
    if (image === "none") return [];
    const found = image.match(/(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\)/g) ?? [];
    return found.slice(0, 4).map(colour).filter(Boolean);
  }

  /** Whether letters or lines of a colour stand out from any of what may be behind them. */
  function standsOut(text, behind, least) {
    const ink = colour(text);
    return !ink || !behind.length || behind.some((ground) => contrast(over(ink, ground), ground) > least);
  }

  /** How much of what is behind it an element lets through, by opacity and filters of itself: 1 all of it is seen. */
  function strength(css) {
    let result = parseFloat(css.opacity);
    const filter = css.filter ?? "none";
    if (filter === "none") return result;
    if (filter.includes("url(")) return 0;
    for (const [, name, given] of filter.matchAll(/([a-z-]+)\(([^()]*)\)/g)) {
      const value = given.endsWith("%") ? parseFloat(given) / 100 : parseFloat(given);
      if (name === "opacity") result *= value;
      if (name === "contrast" || name === "brightness") result *= Math.min(1, value) * (value > 20 ? 0 : 1);
      if (name === "blur" && value >= 6) result = 0;
    }
    return result;
  }

  /** Opacity of an element with all that it is drawn in. */
  function seenThrough(element) {
    return me.once("through", element, () => {
      return me.chain(element).reduce((product, each) => product * strengthOf(each), 1);
    });
  }

  function strengthOf(element) {
    return me.once("strength", element, () => strength(me.style(element)));
  }

  /** How strongly the area of an element (or of a pseudo-element) is painted over, 0 to 1, without its own opacity. */
  function filling(css, drawn) {
    if (css.visibility !== "visible" || css.display === "none") return 0;
    if (drawn || css.backgroundImage !== "none" || css.boxShadow.includes("inset")) return 1;
    if (css.backdropFilter && css.backdropFilter !== "none") return 1;
    const border = Math.max(...["Top", "Right", "Bottom", "Left"].map((side) => borderOf(css, side)));
    return Math.max(alphaOf(css.backgroundColor), border);
  }

  /** A border that is thick enough to hide something counts as paint. */
  function borderOf(css, side) {
    const thick = parseFloat(css[`border${side}Width`]) >= 12 && css[`border${side}Style`] !== "none";
    return thick ? alphaOf(css[`border${side}Color`]) : 0;
  }

  function ownPaint(element) {
    return filling(me.style(element), DRAWN.has(element.localName)) * seenThrough(element);
  }

  /** Paint of ::before, ::after or ::backdrop, which hit tests report as their element. */
  function pseudoPaint(element, name) {
    const css = me.style(element, name);
    if (css.content === "none" && name !== "::backdrop") return 0;
    if (name !== "::backdrop" && css.content === "normal") return 0;
    const drawn = css.content.includes("url(") || css.content.includes("gradient(");
    return filling(css, drawn) * strength(css) * seenThrough(element);
  }

  function anyPaint(element) {
    return Math.max(ownPaint(element), pseudoPaint(element, "::before"), pseudoPaint(element, "::after"));
  }

  /** How far shadows and outlines of an element reach beyond its box, in pixels; 0: nothing to speak of. */
  function reach(css) {
    let result = 0;
    if (css.outlineStyle !== "none" && alphaOf(css.outlineColor) > 0.2) {
      result = parseFloat(css.outlineWidth) + Math.max(0, parseFloat(css.outlineOffset) || 0);
    }
    if (css.boxShadow !== "none" && !css.boxShadow.includes("inset")) {
      for (const each of css.boxShadow.match(/-?[\d.]+px -?[\d.]+px [\d.]+px -?[\d.]+px/g) ?? []) {
        const [x, y, , spread] = each.split(" ").map(parseFloat);
        result = Math.max(result, spread + Math.max(Math.abs(x), Math.abs(y)));
      }
    }
    return result >= 12 ? result : 0;
  }

  function makesContext(css, parent) {
    const placed = css.position !== "static" || /flex|grid/.test(parent?.display ?? "");
    const positioned = placed && css.zIndex !== "auto";
    return (
      positioned || css.position === "fixed" || css.position === "sticky" || parseFloat(css.opacity) < 1 ||
      css.transform !== "none" || css.filter !== "none" || css.isolation === "isolate" || css.mixBlendMode !== "normal" ||
      css.clipPath !== "none" || /paint|strict|content/.test(css.contain) || /transform|opacity|filter/.test(css.willChange)
    );
  }

  /** The layer that a chain of elements (from the top down) is painted in, as a number: z-index, 0 for what is
   * positioned, -0.5 for the flow. */
  function layer(elements) {
    let result = -0.5;
    for (const each of elements) {
      const css = me.style(each);
      const parent = each.parentElement && me.style(each.parentElement);
      if (makesContext(css, parent)) return css.zIndex === "auto" ? 0 : parseFloat(css.zIndex);
      if (css.position !== "static") result = 0;
    }
    return result;
  }

  /** Whether `one` is painted after `other` where they overlap; neither contains the other. */
  function paintsAbove(one, other) {
    const [ones, others] = [me.chain(one).reverse(), me.chain(other).reverse()];
    let common = 0;
    while (ones[common] && ones[common] === others[common]) common++;
    const [high, low] = [layer(ones.slice(common)), layer(others.slice(common))];
    if (high !== low) return high > low;
    const display = me.style(one).display;
    if (high === -0.5 && !display.startsWith("inline") && !DRAWN.has(one.localName)) return false; // blocks come first
    return follows(ones, others, common);
  }

  /** Whether the first chain comes later in the document, from where the two part. */
  function follows(ones, others, common) {
    const inner = common > 0 ? me.below(ones[common - 1]) : [];
    return inner.indexOf(ones[common]) > inner.indexOf(others[common]);
  }

  Object.assign(me, {
    colour, alphaOf, grounds, standsOut, strengthOf, seenThrough, ownPaint, pseudoPaint, anyPaint, reach, paintsAbove, DRAWN,
  });
})();
