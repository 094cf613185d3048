// The nonce that the server put into this page, for style blocks that are made while it runs.
import { setNonce } from "get-nonce";

let nonce = "";

/** Call before anything is drawn: dialogs take it from here to stop the page from scrolling. */
export function takeStyleNonce(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  nonce = meta?.nonce ?? "";
  setNonce(nonce);
}

export function styleNonce(): string {
  return nonce;
}
