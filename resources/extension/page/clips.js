/* What cuts a field off: overflow, clip, clip-path, the edges of what can be scrolled to. Points are followed from the
 * field outwards; a point that can be scrolled into sight goes on from the edge where it would then stand. */
(() => {
  "use strict";
  const me = globalThis.secondMe;

  const COLUMNS = [0.06, 0.28, 0.5, 0.72, 0.94];
  const ROWS = [0.18, 0.5, 0.82];

  /** Fifteen points of a box; `now`: it is on the screen without scrolling, as far as has been looked. */
  function pointsOf(box) {
    return ROWS.flatMap((row) =>
      COLUMNS.map((column) => {
        const x = box.left + box.width * column;
        const y = box.top + box.height * row;
        return { x, y, now: true, at: [] };
      }),
    );
  }

  /** Whether an element is what absolutely (or fixed) placed elements inside it are placed by. */
  function holds(css, placed) {
    const always =
      css.transform !== "none" || css.perspective !== "none" || css.filter !== "none" ||
      /paint|layout|strict|content/.test(css.contain) || /transform|perspective|filter/.test(css.willChange);
    return always || (placed === "absolute" && css.position !== "static");
  }

  /** The part of one axis that can be brought into sight: [first, last], in the coordinates of the box that scrolls. */
  function range(size, whole, scrolled, backwards) {
    const rest = Math.max(0, whole - size);
    return backwards ? [-rest - scrolled, size - scrolled] : [-scrolled, size + rest - scrolled];
  }

  /** Follow points through a box that scrolls or cuts. `edges`: left, top, width, height; `axes`: how each overflows. */
  function through(points, edges, axes) {
    const result = [];
    for (const point of points) {
      const x = along(point.x, edges.left, edges.width, axes.x);
      const y = along(point.y, edges.top, edges.height, axes.y);
      if (x === null || y === null) continue;
      result.push({ x, y, now: point.now && x === point.x && y === point.y, at: point.at });
    }
    return result;
  }

  /** Where a coordinate stands after scrolling as far as needed; null: it is never seen. */
  function along(value, start, size, axis) {
    if (axis.free) return value;
    const place = value - start;
    if (place >= -0.5 && place <= size + 0.5) return value;
    if (!axis.range || place < axis.range[0] - 0.5 || place > axis.range[1] + 0.5) return null;
    return start + Math.min(Math.max(place, 1), Math.max(1, size - 1));
  }

  function throughOverflow(points, element, css) {
    const clips = (value) => value !== "visible";
    if (css.display.startsWith("inline") && css.display === "inline") return points;
    if (!clips(css.overflowX) && !clips(css.overflowY) && !/paint|strict|content/.test(css.contain)) return points;
    const at = me.box(element);
    const scale = element.offsetWidth ? at.width / element.offsetWidth : 1;
    const edges = {
      left: at.left + element.clientLeft * scale,
      top: at.top + element.clientTop * scale,
      width: element.clientWidth * scale,
      height: element.clientHeight * scale,
    };
    const scrolls = (value) => value === "auto" || value === "scroll";
    const back = css.direction === "rtl" || css.flexDirection === "row-reverse";
    const x = scrolls(css.overflowX) ? range(edges.width, element.scrollWidth * scale, element.scrollLeft * scale, back) : null;
    const upwards = css.flexDirection === "column-reverse";
    const y = scrolls(css.overflowY)
      ? range(edges.height, element.scrollHeight * scale, element.scrollTop * scale, upwards)
      : null;
    const axes = {
      x: { free: css.overflowX === "visible", range: x },
      y: { free: css.overflowY === "visible", range: y },
    };
    return through(points, edges, axes);
  }

  /** The viewport of a document: what overflows it can be scrolled to, unless the page forbids it. */
  function throughViewport(points, page, fixed) {
    const root = page.documentElement;
    const view = page.defaultView;
    const [whole, body] = [me.style(root), page.body ? me.style(page.body) : null];
    const said = (axis) => (whole[axis] === "visible" && body ? body[axis] : whole[axis]);
    const frame = view.frameElement;
    const stuck = (axis) => fixed || ["hidden", "clip"].includes(said(axis)) || frame?.getAttribute("scrolling") === "no";
    // Without a doctype the root's client size is that of the whole page.
    const width = Math.min(root.clientWidth || Infinity, view.innerWidth);
    const height = Math.min(root.clientHeight || Infinity, view.innerHeight);
    const tall = Math.max(root.scrollHeight, page.body?.scrollHeight ?? 0);
    const wide = Math.max(root.scrollWidth, page.body?.scrollWidth ?? 0);
    const x = stuck("overflowX") ? null : range(width, wide, view.scrollX, whole.direction === "rtl");
    const y = stuck("overflowY") ? null : range(height, tall, view.scrollY, false);
    return through(points, { left: 0, top: 0, width, height }, { x: { range: x }, y: { range: y } });
  }

  /** A length of a basic shape in pixels: px or a share of `whole`; NaN: written in another way. */
  function pixels(text, whole) {
    if (/^-?[\d.]+(e-?\d+)?px$/.test(text) || text === "0") return parseFloat(text);
    return /^-?[\d.]+(e-?\d+)?%$/.test(text) ? (parseFloat(text) / 100) * whole : NaN;
  }

  /** A test of points for a computed clip-path; one that cannot be worked out lets no point through. */
  function shapeOf(text, box) {
    const found = /^(inset|circle|ellipse|polygon)\((.*)\)(?: border-box)?$/.exec(text);
    if (!found) return () => false;
    const [, kind, given] = found;
    if (kind === "inset") return insetOf(given, box);
    if (kind === "polygon") return polygonOf(given, box);
    return roundOf(kind, given, box);
  }

  function insetOf(given, box) {
    const sides = given.split(" round ")[0].split(" ");
    const [top, right = top, bottom = top, left = right] = sides;
    const [up, down] = [pixels(top, box.height), pixels(bottom, box.height)];
    const [west, east] = [pixels(left, box.width), pixels(right, box.width)];
    return ({ x, y }) =>
      x >= box.left + west && x <= box.left + box.width - east && y >= box.top + up && y <= box.top + box.height - down;
  }

  function polygonOf(given, box) {
    const corners = given.replace(/^(nonzero|evenodd),\s*/, "").split(/,\s*/).map((pair) => pair.split(" "));
    const shape = corners.map(([x, y]) => [box.left + pixels(x, box.width), box.top + pixels(y, box.height)]);
    return ({ x, y }) => {
      let inside = false;
      shape.forEach(([x1, y1], place) => {
        const [x2, y2] = shape[(place + 1) % shape.length];
        if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
      });
      return inside;
    };
  }

  function roundOf(kind, given, box) {
    const [radii, centre = "50% 50%"] = given.split(/ ?at /);
    const [x0, y0] = centre.split(" ");
    const [cx, cy] = [box.left + pixels(x0, box.width), box.top + pixels(y0, box.height)];
    const [first, second = first] = radii.trim().split(" ");
    const both = Math.hypot(box.width, box.height) / Math.SQRT2;
    const [rx, ry] = kind === "circle" ? [pixels(first, both), pixels(first, both)] : [pixels(first, box.width), pixels(second, box.height)];
    return ({ x, y }) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
  }

  /** The old `clip: rect(…)`, which counts for what is placed absolutely. */
  function oldClip(points, element, css) {
    const found = /^rect\((.*)\)$/.exec(css.clip);
    if (!found || !["absolute", "fixed"].includes(css.position)) return points;
    const box = me.box(element);
    const [top, right, bottom, left] = found[1].split(/,\s*/);
    const side = (text, usual) => (text === "auto" ? usual : parseFloat(text));
    return points.filter(
      ({ x, y }) =>
        x >= box.left + side(left, 0) && x <= box.left + side(right, box.width) &&
        y >= box.top + side(top, 0) && y <= box.top + side(bottom, box.height),
    );
  }

  /** The points of a field that can be seen, in the viewport of the top page; `at` has each point once a document, from
   * the field's own outwards, for the test of what is above it. */
  function reachable(field) {
    const box = me.box(field);
    let points = pointsOf(box);
    let placed = "";
    for (const each of me.chain(field)) {
      const css = me.style(each);
      if (me.isFrame(each)) points = intoPage(points, each);
      if (css.clipPath !== "none") points = points.filter(shapeOf(css.clipPath, me.box(each)));
      points = oldClip(points, each, css);
      const root = each === each.ownerDocument.documentElement;
      if (!root) {
        const held = !placed || holds(css, placed);
        if (each !== field && held && !isViewport(each)) points = throughOverflow(points, each, css);
        if (held) placed = ["absolute", "fixed"].includes(css.position) ? css.position : "";
      } else {
        for (const point of points) point.at.push({ x: point.x, y: point.y });
        points = throughViewport(points, each.ownerDocument, placed === "fixed");
        placed = "";
      }
    }
    return points;
  }

  /** Body's overflow is the viewport's where the root has none of its own. */
  function isViewport(element) {
    const page = element.ownerDocument;
    return element === page.body && me.style(page.documentElement).overflowX === "visible";
  }

  function intoPage(points, frame) {
    const move = me.outwards(frame);
    return points.map((point) => ({
      ...point,
      x: point.x * move.scale + move.left,
      y: point.y * move.scale + move.top,
    }));
  }

  Object.assign(me, { pointsOf, reachable, holds });
})();
