// The values under the pointer stand in the legend; without a pointer, the last ones do.
for (const panel of document.querySelectorAll(".panel")) {
  const svg = panel.querySelector("svg"), cursor = svg.querySelector(".cursor"), shown = panel.querySelectorAll(".legend b");
  const curves = JSON.parse(svg.dataset.plot), last = [...shown].map(b => b.textContent), at = panel.querySelector(".at");
  const short = v => { const [d, l] = Math.abs(v) >= 1e6 ? [1e6, "M"] : Math.abs(v) >= 1e3 ? [1e3, "k"] : [1, ""];
                       return +(v / d).toPrecision(3) + l; };
  const nearest = (xs, x) => xs.reduce((best, v, i) => Math.abs(v - x) < Math.abs(xs[best] - x) ? i : best, 0);
  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    let place = x, images = 0;
    curves.forEach((curve, n) => {
      const i = nearest(curve.x, x);
      shown[n].textContent = short(curve.value[i]);
      place = curve.x[i]; images = curve.images[i];
    });
    at.textContent = `at ${images.toLocaleString()} images`;
    cursor.setAttribute("x1", place); cursor.setAttribute("x2", place); cursor.style.visibility = "visible";
  });
  svg.addEventListener("pointerleave", () => {
    shown.forEach((b, n) => { b.textContent = last[n]; });
    at.textContent = ""; cursor.style.visibility = "hidden";
  });
}
// Sheets over time: one at a time, chosen by a slider. Without scripts all of them are shown.
const sheets = document.querySelector(".sheets"), figures = sheets ? [...sheets.querySelectorAll("figure")] : [];
if (figures.length > 1) {
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: figures.length - 1 });
  slider.setAttribute("aria-label", "which sheet");
  slider.value = figures.length - 1;
  const show = () => figures.forEach((figure, n) => { figure.hidden = n !== +slider.value; });
  slider.addEventListener("input", show);
  sheets.prepend(slider);
  show();
}
