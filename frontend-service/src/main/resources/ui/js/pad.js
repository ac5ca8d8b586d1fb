// A pad to draw a digit on, with a pointer or with keys.
import { freshId, h, text } from "./dom.js";
import { Wrong } from "./fields.js";

const SIZE = 280;
const PEN = 22;
const STEP = 14;

export function pad({ onDrawn }) {
  const hint = freshId("pad-hint");
  const canvas = h("canvas", { width: SIZE, height: SIZE, tabindex: 0, role: "img", "aria-label": "Drawing pad", "aria-describedby": hint });
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true });
  const at = { x: SIZE / 2, y: SIZE / 2 };
  let drawing = false;
  let penDown = false;
  let empty = true;
  const ink = canvas.getContext("2d", { willReadFrequently: true });

  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, SIZE, SIZE);
    empty = true;
    penDown = false;
  };
  const line = (x, y) => {
    ink.lineWidth = PEN;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    ink.strokeStyle = "#000";
    ink.beginPath();
    ink.moveTo(at.x, at.y);
    ink.lineTo(x, y);
    ink.stroke();
    empty = false;
    wrong.hidden = true;
  };
  const move = (x, y, draw) => {
    if (draw) line(x, y);
    Object.assign(at, { x, y });
  };
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * SIZE) / box.width, ((event.clientY - box.top) * SIZE) / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    Object.assign(at, Object.fromEntries(["x", "y"].map((key, i) => [key, point(event)[i]])));
    line(at.x + 0.1, at.y);
  });
  canvas.addEventListener("pointermove", (event) => drawing && move(...point(event), true));
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (drawing) onDrawn?.();
      drawing = false;
    });
  }
  const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const said = h("p", { class: "hint", role: "status" });
  canvas.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    if (by) {
      const within = (value) => Math.min(SIZE - PEN, Math.max(PEN, value));
      move(within(at.x + by[0]), within(at.y + by[1]), penDown);
    } else if (event.key === " ") {
      penDown = !penDown;
      if (penDown) line(at.x + 0.1, at.y);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    text(said, `Pen ${penDown ? "down" : "up"}, ${Math.round((at.x / SIZE) * 100)} % from the left, ${Math.round((at.y / SIZE) * 100)} % from the top`);
  });
  clear();
  return {
    element: h("div", { class: "pad" }, canvas, h("div", { class: "beside" },
      h("button", { type: "button", on: { click: clear } }, "Clear"),
      h("p", { class: "hint", id: hint }, "Draw a digit. With keys, ", h("kbd", {}, "Space"), " puts the pen down or up, arrows move it, ", h("kbd", {}, "Delete"), " clears."),
      said, wrong)),
    async read() {
      if (empty) {
        text(wrong, "Draw something first.");
        wrong.hidden = false;
        canvas.focus();
        throw new Wrong(null, "Draw something first.");
      }
      return { bytes: await new Promise((resolve) => canvas.toBlob(resolve, "image/png")) };
    },
  };
}
