// A box to sign in: pen, finger or mouse; what was drawn goes with its form as a picture.
const pads = new WeakSet();

function ready(pad) {
  if (pads.has(pad)) return;
  pads.add(pad);
  const pen = pad.getContext("2d");
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.strokeStyle = "#16202e";
  const form = pad.closest("form");
  const value = form.querySelector("[data-sign-value]");
  let drawing = false;
  const at = (e) => {
    const box = pad.getBoundingClientRect();
    return [((e.clientX - box.left) * pad.width) / box.width, ((e.clientY - box.top) * pad.height) / box.height];
  };
  pad.addEventListener("pointerdown", (e) => {
    drawing = true;
    pad.setPointerCapture(e.pointerId);
    pen.beginPath();
    pen.moveTo(...at(e));
  });
  pad.addEventListener("pointermove", (e) => {
    if (!drawing) return;
    pen.lineTo(...at(e));
    pen.stroke();
  });
  pad.addEventListener("pointerup", () => {
    drawing = false;
    value.value = pad.toDataURL("image/png");
  });
  form.querySelector("[data-sign-clear]")?.addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    value.value = "";
  });
}

const look = () => document.querySelectorAll("canvas[data-sign]").forEach(ready);
document.addEventListener("DOMContentLoaded", look);
document.addEventListener("htmx:afterSettle", look);
look();
