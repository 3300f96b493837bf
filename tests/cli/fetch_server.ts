/** A server on this machine that answers what a test says, byte by byte, so that it can also lie. */
import { createHash } from "node:crypto";

/** What was asked for. */
export interface Asked {
  readonly path: string;
  /** The first byte of a range. */
  readonly from?: number;
  readonly encoding?: string;
  readonly agent?: string;
}

/** An answer: its status, headers, and a body that may be something else than they say. */
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Sends the body again and again. */
  readonly endless?: boolean;
}

/** Serves until it is disposed; `asked` is what was asked for so far. */
export function serve(
  answer: (asked: Asked) => Answered | undefined,
): AsyncDisposable & { url: string; asked: Asked[] } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked: Asked[] = [], open: Promise<void>[] = [];
  const url = `http://127.0.0.1:${listener.addr.port}/`;
  const accepting = (async () => {
    for await (const connection of listener) open.push(talk(connection));
  })();

  async function talk(connection: Deno.TcpConn): Promise<void> {
    using _ = connection;
    const request = await readRequest(connection);
    if (request === undefined) return;
    asked.push(request);
    const { status = 200, headers, body = new Uint8Array(), endless = false } = answer(request) ??
      { status: 404 };
    const all = { "content-length": String(body.length), ...headers, connection: "close" };
    const lines = Object.entries(all).filter(([, value]) => value !== "").map(([name, value]) =>
      `${name}: ${value}\r\n`
    );
    try {
      await send(connection, new TextEncoder().encode(`HTTP/1.1 ${status} Said\r\n${lines.join("")}\r\n`));
      do await send(connection, body); while (endless);
    } catch (error) {
      // Whoever asked has heard enough.
      if (!(error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset)) {
        throw error;
      }
    }
  }

  return {
    url,
    asked,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(open);
    },
  };
}

/** A server of files, as PhysioNet's: a list of checksums, and ranges. */
export function filesOf(
  files: Readonly<Record<string, string>>,
): (asked: Asked) => Answered | undefined {
  return ({ path, from = 0 }) => {
    const text = path === "SHA256SUMS.txt" ? sums(files) : files[path];
    if (text === undefined) return undefined;
    const bytes = new TextEncoder().encode(text), body = bytes.subarray(from);
    if (from === 0) return { body };
    if (body.length === 0) return { status: 416 };
    return {
      status: 206,
      headers: { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
      body,
    };
  };
}

/** A list of checksums, as `sha256sum` writes it. */
export function sums(files: Readonly<Record<string, string>>): string {
  return Object.entries(files).map(([path, text]) => `${sha256(text)}  ${path}\n`).join("");
}

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function readRequest(connection: Deno.TcpConn): Promise<Asked | undefined> {
  const bytes = new Uint8Array(65536);
  let head = "";
  while (!head.includes("\r\n\r\n")) {
    const count = await connection.read(bytes);
    if (count === null) return undefined;
    head += new TextDecoder("latin1").decode(bytes.subarray(0, count));
  }
  const path = decodeURIComponent(/^GET \/(\S*)/.exec(head)?.[1] ?? "");
  const range = /^range: bytes=(\d+)-\r$/mi.exec(head)?.[1];
  const encoding = /^accept-encoding: (.*)\r$/mi.exec(head)?.[1];
  const agent = /^user-agent: (.*)\r$/mi.exec(head)?.[1];
  return { path, ...range === undefined ? {} : { from: Number(range) }, encoding, agent };
}

async function send(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}
