// Tables of requests that are read one way only, and of those that are not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStrictRequest, HEADER_LINES_MAX, URL_LENGTH_MAX } from "./strict-request.ts";

const HOST = ["Host", "portal.example"];

function check(url: string, rawHeaders: readonly string[] = HOST, method = "GET"): unknown {
  return checkStrictRequest({ method, url, rawHeaders });
}

describe("checkStrictRequest", () => {
  it.each<[string, readonly string[], string]>([
    ["/", HOST, "/"],
    ["/a%2fb?c=d", ["host", "portal.example:8080"], "/a%2fb?c=d"],
    ["/", ["HOST", "[2001:db8::1]:443"], "/"],
    ["/", [], "/"],
    ["//double", HOST, "//double"],
    ["http://portal.example/x?y", HOST, "/x?y"],
    ["http://portal.example?y", HOST, "/?y"],
    ["HTTP://PORTAL.example:80", ["Host", "portal.EXAMPLE"], "/"],
    ["/", [...HOST, "Transfer-Encoding", "chunked"], "/"],
    ["/", [...HOST, "Transfer-Encoding", "Chunked"], "/"],
    ["/", [...HOST, "Content-Length", "3"], "/"],
    ["/" + "a".repeat(URL_LENGTH_MAX - 1), HOST, "/" + "a".repeat(URL_LENGTH_MAX - 1)],
  ])("passes %j %j", (url, rawHeaders, expected) => {
    expect(check(url, rawHeaders)).toEqual({ ok: true, url: expected });
  });

  it.each<[string, string, readonly string[], number]>([
    // attack row 17
    ["host-repeated", "/", ["Host", "portal.example", "hOST", "evil.example"], 400],
    ["host-repeated", "/", ["Host", "portal.example", "Host", "portal.example"], 400],
    ["host-mismatch", "http://evil.example/x", HOST, 400],
    ["host-mismatch", "http://portal.example:8080/x", HOST, 400],
    ["host-mismatch", "http://portal.example./x", HOST, 400],
    ["host-mismatch", "https://portal.example/x", ["Host", "portal.example:80"], 400],
    ["host-mismatch", "http://portal.example/x", [], 400],
    ["host-malformed", "/", ["Host", "portal.example, evil.example"], 400],
    ["host-malformed", "/", ["Host", "portal.example@evil.example"], 400],
    ["host-malformed", "/", ["Host", "portal.example/evil"], 400],
    ["host-malformed", "/", ["Host", ""], 400],
    // attack row 38
    ["transfer-encoding-not-chunked", "/", [...HOST, "Transfer-Encoding", "xchunked"], 400],
    ["transfer-encoding-not-chunked", "/", [...HOST, "Transfer-Encoding", "gzip, chunked"], 400],
    ["transfer-encoding-not-chunked", "/", [...HOST, "Transfer-Encoding", ""], 400],
    [
      "transfer-encoding-not-chunked",
      "/",
      [...HOST, "Transfer-Encoding", "chunked", "transfer-encoding", "chunked"],
      400,
    ],
    [
      "length-ambiguous",
      "/",
      [...HOST, "Content-Length", "3", "Transfer-Encoding", "chunked"],
      400,
    ],
    ["length-ambiguous", "/", [...HOST, "Content-Length", "3", "content-length", "3"], 400],
    // attack row 26
    ["url-malformed", "", HOST, 400],
    ["url-malformed", "*", HOST, 400],
    ["url-malformed", "relative", HOST, 400],
    ["url-malformed", "/a\u0000b", HOST, 400],
    ["url-malformed", "/a\tb", HOST, 400],
    ["url-malformed", "/caf\u00e9", HOST, 400],
    ["url-malformed", "http://user@portal.example/", HOST, 400],
    ["url-malformed", "ftp://portal.example/", HOST, 400],
    ["url-too-long", "/" + "a".repeat(URL_LENGTH_MAX), HOST, 414],
  ])("refuses with %s: %j %j", (code, url, rawHeaders, status) => {
    expect(check(url, rawHeaders)).toEqual({ ok: false, code, status });
  });

  it("knows * for OPTIONS only", () => {
    expect(check("*", HOST, "OPTIONS")).toEqual({ ok: true, url: "*" });
  });

  it("counts header lines itself (attack row 185)", () => {
    const lines = Array.from({ length: HEADER_LINES_MAX }, () => ["a", "b"]).flat();
    expect(check("/", lines)).toMatchObject({ ok: true });
    expect(check("/", [...lines, "a", "b"])).toMatchObject({
      code: "headers-too-many",
      status: 431,
    });
  });

  it("answers for any text, and what passes starts with / or is *", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text)), (url, headers) => {
        const result = checkStrictRequest({ method: "GET", url, rawHeaders: headers.flat() });
        expect(result.ok ? result.url.charAt(0) : "/").toBe("/");
      }),
    );
  });
});
