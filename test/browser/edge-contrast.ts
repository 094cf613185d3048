// How far the edge of a control stands out from what is around it, as WCAG computes contrast.

import type { Locator } from "playwright-core";

/** WCAG 1.4.11 asks for so much of the edge by which a control is known. */
export const EDGE_CONTRAST_MIN = 3;

/** Of an element's border to the background behind the element; 1 is invisible, 21 the most. */
export async function edgeContrast(control: Locator): Promise<number> {
  // A border that is still changing its colour would be measured on its way.
  const colours = await control.evaluate((element) => {
    const view = element.ownerDocument.defaultView;
    if (view === null) return [];
    for (const animation of element.getAnimations()) animation.finish();
    let behind = element.parentElement;
    const fillOf = (box: typeof element): string => view.getComputedStyle(box).backgroundColor;
    while (behind !== null && fillOf(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    const edge = view.getComputedStyle(element);
    return [
      edge.borderTopStyle === "none" ? "none" : edge.borderTopColor,
      behind === null ? "rgb(255, 255, 255)" : fillOf(behind),
    ];
  });
  const [edge = "", around = ""] = colours;
  const [lighter, darker] = [luminance(edge), luminance(around)].toSorted((a, b) => b - a);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** WCAG 2.2, "relative luminance", of a colour without transparency. */
function luminance(colour: string): number {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (parts === null) throw new Error(`not an opaque colour: "${colour}"`);
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
