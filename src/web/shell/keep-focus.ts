// For buttons that end a form: a press must not be lost because leaving a field moved the button.
import type { MouseEvent } from "react";

/**
 * A field that is left shows its fault, which pushes what is below it down; the button would be
 * gone from under the pointer between press and release.
 */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
