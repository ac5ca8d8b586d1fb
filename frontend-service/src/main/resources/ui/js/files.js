// A file as an input: chosen, dropped or pasted.
import { freshId, h, text } from "./dom.js";
import { bytes } from "./format.js";
import { Wrong } from "./fields.js";

export function fileDrop({ onFile }) {
  const id = freshId("file");
  const input = h("input", { type: "file", id });
  const said = h("p", { class: "hint", role: "status" }, "Nothing is chosen.");
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true });
  let file = null;
  const take = (one) => {
    if (!one) return;
    file = one;
    wrong.hidden = true;
    text(said, `${one.name || "Pasted"}, ${bytes(one.size)}`);
    onFile?.();
  };
  input.addEventListener("change", () => take(input.files[0]));
  const over = (event, is) => {
    event.preventDefault();
    element.classList.toggle("over", is);
  };
  const element = h("div", { class: "drop", on: {
    dragover: (event) => over(event, true),
    dragleave: (event) => over(event, false),
    drop: (event) => {
      over(event, false);
      take(event.dataTransfer.files[0]);
    },
    paste: (event) => take(event.clipboardData.files[0]),
  } }, h("label", { for: id }, h("b", {}, "Drop a file here"), ", or choose one"), input, said, wrong);
  return {
    element,
    read() {
      if (!file) {
        text(wrong, "Choose a file first.");
        wrong.hidden = false;
        input.focus();
        throw new Wrong(null, "Choose a file first.");
      }
      return { bytes: file };
    },
  };
}

/** Text that is sent as it is. */
export function bareText() {
  const id = freshId("text");
  const area = h("textarea", { id, rows: 7, spellcheck: "false" });
  return {
    element: h("div", { class: "field" }, h("label", { for: id }, "Text"), area, h("p", { class: "hint" }, "Sent as it is, as text/plain")),
    read: () => ({ bytes: new Blob([area.value], { type: "text/plain" }) }),
  };
}
