// Pictures at nearly one rate: slide, flip, side by side, or the error against the original.

function startViewer() {
  const section = document.getElementById("pictures");
  if (!section || !report.pictures.length) return;
  const state = { image: 0, level: 0, left: -1, right: 0, mode: "slide", zoom: 1, x: 0.5, y: 0.5, split: 0.5, flipped: false, gain: 8 };
  const loaded = new Map(), errors = new Map();
  const canvas = make("canvas", { tabindex: "0", role: "img" });
  const divider = make("div", { class: "divider" }), left = make("div", { class: "tag left" }), right = make("div", { class: "tag right" });
  const desk = make("div", { class: "desk" }, canvas, divider, left, right);
  const controls = make("div", { class: "controls" }), more = make("div", { class: "controls" });
  section.querySelector(".here").replaceChildren(make("div", { class: "viewer" }, controls, desk, more,
    make("p", { class: "soft" }, "Drag or use the arrow keys to move, the wheel or + and − to zoom, the space bar to flip, [ and ] to slide.")));

  const picture = () => report.pictures[state.image];
  const versions = () => picture().versions.filter((version) => version.level === state.level);
  const versionAt = (index) => (index < 0 ? null : versions()[index]);
  const nameOf = (index) => { const version = versionAt(index); return version ? `${version.curve} (${version.label}), ${fixed(version.bpp, 3)} bpp${version.psnr === null ? "" : `, ${fixed(version.psnr, 2)} dB`}` : "original"; };
  const uriOf = (index) => (index < 0 ? picture().original : versionAt(index).data);

  function load(uri, then) {
    if (!uri) return null;
    if (loaded.has(uri)) return loaded.get(uri).complete ? loaded.get(uri) : null;
    const image = new Image();
    image.addEventListener("load", then);
    image.src = uri;
    loaded.set(uri, image);
    return null;
  }
  function errorOf(uri, gain) {
    const key = `${state.image} ${gain} ${uri.length} ${uri.slice(-64)}`;
    if (errors.has(key)) return errors.get(key);
    const [one, other] = [load(picture().original, paint), load(uri, paint)];
    if (!one || !other) return null;
    const pixels = (image) => { const sheet = make("canvas", { width: one.naturalWidth, height: one.naturalHeight }); const pen = sheet.getContext("2d", { willReadFrequently: true }); pen.drawImage(image, 0, 0); return [sheet, pen, pen.getImageData(0, 0, sheet.width, sheet.height)]; };
    const [, , a] = pixels(one), [sheet, pen, b] = pixels(other);
    for (let index = 0; index < a.data.length; index += 4) {
      for (let channel = 0; channel < 3; channel += 1) b.data[index + channel] = Math.min(255, Math.abs(a.data[index + channel] - b.data[index + channel]) * gain);
      b.data[index + 3] = 255;
    }
    pen.putImageData(b, 0, 0);
    if (errors.size > 8) errors.clear();
    errors.set(key, sheet);
    return sheet;
  }
  function sheetOf(index) { return state.mode === "error" && index >= 0 ? errorOf(uriOf(index), state.gain) : load(uriOf(index), paint); }

  function paint() {
    const ratio = window.devicePixelRatio || 1, width = desk.clientWidth, height = desk.clientHeight;
    canvas.width = width * ratio; canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    const halves = state.mode === "side" ? 2 : 1, space = width / halves;
    const fit = Math.min(space / picture().width, height / picture().height), scale = fit * state.zoom;
    const [w, h] = [picture().width * scale, picture().height * scale];
    const clampPlace = (value, size, room) => (size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, room / 2 - value * size)));
    const [px, py] = [clampPlace(state.x, w, space), clampPlace(state.y, h, height)];
    pen.scale(ratio, ratio);
    pen.imageSmoothingEnabled = scale < 2;
    const put = (index, from, to, shift) => {
      const sheet = sheetOf(index);
      if (!sheet) return;
      pen.save(); pen.beginPath(); pen.rect(from, 0, to - from, height); pen.clip();
      pen.drawImage(sheet, px + shift, py, w, h); pen.restore();
    };
    const slides = state.mode === "slide" || state.mode === "error";
    if (state.mode === "side") { put(state.left, 0, space, 0); put(state.right, space, width, space); }
    else if (state.mode === "flip") put(state.flipped ? state.right : state.left, 0, width, 0);
    else { put(state.left, 0, width * state.split, 0); put(state.right, width * state.split, width, 0); }
    divider.hidden = state.mode === "flip"; divider.style.left = `${(state.mode === "side" ? 0.5 : state.split) * width - 1}px`;
    left.textContent = state.mode === "flip" ? nameOf(state.flipped ? state.right : state.left) : nameOf(state.left);
    right.textContent = nameOf(state.right); right.hidden = state.mode === "flip";
    canvas.setAttribute("aria-label", `${picture().name}: ${nameOf(state.left)} and ${nameOf(state.right)}${slides && state.mode === "error" ? `, errors ${state.gain} times enlarged` : ""}`);
  }

  function control() {
    const names = [["-1", "original"], ...versions().map((version, index) => [String(index), `${version.curve}, ${fixed(version.bpp, 3)} bpp`])];
    const levels = [...new Set(picture().versions.map((version) => version.level))].sort((a, b) => a - b);
    if (!levels.includes(state.level)) state.level = levels[0];
    const count = versions().length;
    if (state.left >= count) state.left = -1;
    if (state.right >= count || state.right < -1) state.right = count - 1;
    const mode = (key, text) => make("button", { type: "button", "aria-pressed": String(state.mode === key), click: () => { state.mode = key; control(); } }, text);
    controls.replaceChildren(
      chooser("Picture", report.pictures.map((one, index) => [String(index), one.name]), String(state.image), (value) => { state.image = Number(value); control(); }),
      ...(levels.length > 1 ? [chooser("Rate", levels.map((level) => [String(level), `about ${fixed(report.levels[level], 2)} bpp`]), String(state.level), (value) => { state.level = Number(value); control(); })] : []),
      chooser("Left", names, String(state.left), (value) => { state.left = Number(value); control(); }),
      chooser("Right", names, String(state.right), (value) => { state.right = Number(value); control(); }));
    more.replaceChildren(mode("slide", "Slide"), mode("flip", "Flip"), mode("side", "Side by side"), mode("error", "Error map"),
      ...(state.mode === "error" ? [chooser("enlarged", [2, 4, 8, 16, 32].map((gain) => [String(gain), `${gain} ×`]), String(state.gain), (value) => { state.gain = Number(value); paint(); })] : []),
      make("button", { type: "button", click: () => zoomBy(1.5) }, "Zoom in"), make("button", { type: "button", click: () => zoomBy(1 / 1.5) }, "Zoom out"),
      make("button", { type: "button", click: () => { state.zoom = 1; paint(); } }, "Whole picture"));
    paint();
  }
  function zoomBy(factor) { state.zoom = Math.min(24, Math.max(1, state.zoom * factor)); paint(); }
  function moveBy(dx, dy) {
    const space = desk.clientWidth / (state.mode === "side" ? 2 : 1);
    const scale = Math.min(space / picture().width, desk.clientHeight / picture().height) * state.zoom;
    const bound = (value) => Math.min(1, Math.max(0, value));
    state.x = bound(state.x + dx / (picture().width * scale)); state.y = bound(state.y + dy / (picture().height * scale)); paint();
  }
  let grip = null;
  desk.addEventListener("pointerdown", (event) => {
    const nearDivider = (state.mode === "slide" || state.mode === "error") && Math.abs(event.offsetX - state.split * desk.clientWidth) < 24;
    grip = { x: event.clientX, y: event.clientY, split: nearDivider || state.zoom === 1 };
    desk.setPointerCapture(event.pointerId);
    if (grip.split && state.mode !== "flip" && state.mode !== "side") { state.split = event.offsetX / desk.clientWidth; paint(); }
    if (state.mode === "flip" && state.zoom === 1) { state.flipped = !state.flipped; paint(); }
  });
  desk.addEventListener("pointermove", (event) => {
    if (!grip) return;
    if (grip.split) { const box = desk.getBoundingClientRect(); state.split = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)); paint(); }
    else moveBy(grip.x - event.clientX, grip.y - event.clientY);
    grip.x = event.clientX; grip.y = event.clientY;
  });
  desk.addEventListener("pointerup", () => { grip = null; });
  desk.addEventListener("wheel", (event) => { event.preventDefault(); zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const keys = {
      ArrowLeft: () => moveBy(-40, 0), ArrowRight: () => moveBy(40, 0), ArrowUp: () => moveBy(0, -40), ArrowDown: () => moveBy(0, 40),
      "+": () => zoomBy(1.5), "=": () => zoomBy(1.5), "-": () => zoomBy(1 / 1.5), "[": () => slideBy(-0.05), "]": () => slideBy(0.05),
      " ": () => { if (state.mode !== "flip") { state.mode = "flip"; control(); } else { state.flipped = !state.flipped; paint(); } },
    };
    if (!keys[event.key]) return;
    event.preventDefault(); keys[event.key]();
  });
  function slideBy(step) { state.split = Math.min(1, Math.max(0, state.split + step)); paint(); }
  onResize(desk, paint);
  control();
}
