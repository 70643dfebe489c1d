/* The doors into a page: our scripts of `page/` run there only after the person pressed the shortcut or the button
 * (`activeTab`), in a world of their own. */
const FILES = ["tree", "paint", "clips", "seen", "covered", "texts", "read", "fill"].map((name) => `page/${name}.js`);

const GRANT = [50, 150, 300];

/** Thrown where a page cannot be read: the browser's own pages, shops of extensions, a page that went away. */
export class Unreadable extends Error {}

/** Read the form of a tab. Gives { page, form }; `page` is { tab, document, reading }, for `fill`, `undo` and `alive`. */
export async function read(tab) {
  try {
    await enter(tab);
    const [found] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: () => globalThis.secondMe.read() });
    const { reading, form } = found.result;
    return { page: { tab, document: found.documentId ?? null, reading }, form };
  } catch (error) {
    throw new Unreadable(String(error?.message ?? error));
  }
}

/** Bring our scripts into a page. Chromium's grant sometimes comes a moment after the shortcut that gives it (one press
 * in fifty, measured), so a no is asked again. */
async function enter(tab) {
  for (const wait of [...GRANT, 0]) {
    try {
      return await chrome.scripting.executeScript({ target: { tabId: tab }, files: FILES });
    } catch (error) {
      if (!wait) throw error;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

/** Call a function of ours in the document that was read, and in no other. Throws Unreadable. */
async function call(page, func, args) {
  const target = page.document ? { tabId: page.tab, documentIds: [page.document] } : { tabId: page.tab };
  try {
    const [found] = await chrome.scripting.executeScript({ target, func, args });
    if (found?.result) return found.result;
  } catch (error) {
    throw new Unreadable(String(error?.message ?? error));
  }
  throw new Unreadable("no answer");
}

export function fill(page, fields) {
  return call(page, (reading, wanted) => globalThis.secondMe?.fill(reading, wanted), [page.reading, fields]);
}

export function undo(page) {
  return call(page, (reading) => globalThis.secondMe?.undo(reading), [page.reading]);
}

/** Whether the document that was read is still there. */
export async function alive(page) {
  try {
    return await call(page, (reading) => globalThis.secondMe?.readings?.has(reading), [page.reading]);
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

/** Whether a tab is the one in front in its window. */
export async function inFront(tab) {
  try {
    return (await chrome.tabs.get(tab)).active;
  } catch {
    return false; // closed
  }
}

/** Where the browser's window is on the screen. */
export async function place(windowId) {
  const { left, top, width, height } = await chrome.windows.get(windowId);
  return { x: left ?? 0, y: top ?? 0, width: width ?? 0, height: height ?? 0 };
}
