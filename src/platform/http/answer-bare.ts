// Answers a request that gets no further than the socket: a status, a short problem, the end.
import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Problem, problemHeaders, toProblemDetails } from "../problem/problem.ts";

/** Ends the connection after the answer: what follows on it cannot be trusted to be a request. */
export function answerBare(response: ServerResponse, status: number, code: string): void {
  const problem = new Problem(code, status, { title: STATUS_CODES[status] ?? "Refused" });
  const body = JSON.stringify(toProblemDetails(problem));
  response.writeHead(status, {
    ...problemHeaders(problem),
    "content-length": Buffer.byteLength(body),
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(body);
}

/** For what the HTTP parser refuses, where there is no response object. */
export function answerSocket(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const reason = STATUS_CODES[status] ?? "Refused";
  const head = `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(head, () => socket.destroy());
}
