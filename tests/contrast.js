// The contrast of each element with text of its own (WCAG 2.2, 1.4.3), as [name, ratio].
const of = (text) => {
  const [r, g, b, a] = text.match(/[\d.]+/g).map(Number);
  return [r, g, b, a === undefined ? 1 : a];
};
const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
const behind = (one) => {
  for (let node = one; node; node = node.parentElement) {
    const colour = of(getComputedStyle(node).backgroundColor);
    if (colour[3] > 0) return colour;
  }
  return [255, 255, 255, 1];
};
const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
const shown = [...document.querySelectorAll("body *")].filter(
  (one) => one.getClientRects().length && one.tagName !== "SCRIPT" && hasText(one),
);
return shown.map((one) => {
  const pair = [luminance(of(getComputedStyle(one).color)), luminance(behind(one))].sort((x, y) => y - x);
  return [one.tagName + "." + one.className, (pair[0] + 0.05) / (pair[1] + 0.05)];
});
