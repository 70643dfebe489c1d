// What every field of this document, of its open shadow trees and of its frames of the same origin holds.
// The benchmark runs it in a world of its own, where no script of the page has changed anything.
(more) => {
  const texts = (node) => {
    if (node.labels && node.labels.length) return node.labels[0].innerText.trim();
    let text = "", next = node.nextSibling;
    while (next && !text && !(next.nodeType === 1 && /^(INPUT|SELECT|TEXTAREA)$/.test(next.tagName))) {
      text = (next.textContent || "").trim();
      next = next.nextSibling;
    }
    return text;
  };
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const found = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName)) {
        const ticked = node.type === "radio" || node.type === "checkbox";
        const chosen = node.tagName === "SELECT" && node.selectedIndex >= 0 ? node.options[node.selectedIndex] : null;
        found.push({
          id: node.id, name: node.name, kind: node.type, value: ticked ? (node.checked ? node.value : "") : node.value,
          text: ticked ? (node.checked ? texts(node) : "") : chosen ? chosen.text.trim() : node.value, seen: seen(node),
        });
      }
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.tagName === "IFRAME" && node.contentDocument) walk(node.contentDocument);
    }
  };
  walk(document);
  for (const root of more ? window.roots || [] : []) walk(root);
  return found;
}
