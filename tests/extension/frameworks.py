"""React and Vue of the system (Debian's node-react, node-react-dom, libjs-vue), and small forms made with them whose
fields are written from the component's state: what was filled only stays when the framework has heard of it."""

from __future__ import annotations

from pathlib import Path

REACT = Path("/usr/share/nodejs/react/umd/react.development.js")
REACT_DOM = Path("/usr/share/nodejs/react-dom/umd/react-dom.development.js")
VUE = Path("/usr/share/javascript/vue/vue.js")

REACT_FORM = """
const e = React.createElement;
function Form() {
  const [state, set] = React.useState({ name: "", town: "", country: "", news: false, size: "", note: "", born: "" });
  const [touched, touch] = React.useState("");
  window.state = state;
  window.touched = touched;
  window.again = () => set({ ...state });
  const text = (key, more = {}) => e("label", { key }, key, e("input", { id: key, value: state[key], ...more,
    onChange: (event) => set({ ...state, [key]: event.target.value }), onBlur: () => touch(touched + key + " ") }));
  return e("form", { onSubmit: () => { window.sent = true; } },
    text("name"), text("town"), text("born", { type: "date" }),
    e("select", { id: "country", value: state.country,
      onChange: (event) => set({ ...state, country: event.target.value }) },
      e("option", { value: "" }, "-"), e("option", { value: "CH" }, "Switzerland")),
    e("label", null, "news", e("input", { type: "checkbox", id: "news", checked: state.news,
      onChange: (event) => set({ ...state, news: event.target.checked }) })),
    ["S", "M"].map((each) => e("label", { key: each }, each, e("input", { type: "radio", name: "size",
      id: each, value: each, checked: state.size === each, onChange: () => set({ ...state, size: each }) }))),
    e("textarea", { id: "note", value: state.note,
      onChange: (event) => set({ ...state, note: event.target.value }) }),
    e("button", null, "Send"));
}
ReactDOM.createRoot(document.getElementById("root")).render(e(Form));
"""

VUE_FORM = """
window.vue = new Vue({
  el: "#root",
  data: {
    state: { name: "", town: "", country: "", news: false, size: "", note: "", born: "" },
    touched: "", round: 0,
  },
  methods: { mark(key) { this.touched += key + " "; }, send() { window.sent = true; } },
  template: `<form @submit.prevent="send" :data-round="round">
    <label>name <input id="name" v-model="state.name" @blur="mark('name')"></label>
    <label>town <input id="town" v-model.lazy="state.town" @blur="mark('town')"></label>
    <label>born <input id="born" type="date" :value="state.born" @input="state.born = $event.target.value">
    </label><select id="country" v-model="state.country"><option value="">-</option>
    <option value="CH">Switzerland</option></select>
    <label>news <input type="checkbox" id="news" v-model="state.news"></label>
    <label v-for="each in ['S', 'M']">{{ each }}
    <input type="radio" name="size" :id="each" :value="each" v-model="state.size"></label>
    <textarea id="note" v-model="state.note"></textarea><button>Send</button></form>`,
});
window.again = () => { vue.round++; vue.$forceUpdate(); };
Object.defineProperty(window, "state", { get: () => JSON.parse(JSON.stringify(vue.state)) });
Object.defineProperty(window, "touched", { get: () => vue.touched });
"""


def page(scripts: list[Path], form: str) -> str:
    """A page that runs libraries and a form."""
    code = "".join(f"<script>{_whole(each)}</script>" for each in scripts)
    start = '<!doctype html><html lang="en"><title>Form</title><div id="root"></div>'
    return f"{start}{code}<script>{form}</script>"


def _whole(script: Path) -> str:
    """A script's text that does not end the element it stands in."""
    return script.read_text("utf-8").replace("</script", "<\\/script")
