/**
 * Requests to the hosts of one dataset.
 *
 * @module
 */
import { UsageError } from "../exit.ts";
import { BrokenOff } from "./persistence.ts";

/** Where requests may go. */
export interface Trust {
  /** The address of the list: its own origin is trusted, also without https, where a person said so. */
  readonly list: string;
  /** Further hosts, through https alone. */
  readonly hosts: readonly string[];
}

/** An answer whose body is being read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parts of the body. Throws BrokenOff when they stop coming. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Answers that may be different the next time. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;
const SILENCE_SECONDS = 60;

/**
 * Asks for an address, from a byte on where `offset` is not 0.
 *
 * Redirects are followed to trusted hosts alone. Throws UsageError for an address that is not trusted and an answer that is none
 * of 200, 206 and 416, BrokenOff for what may pass.
 */
export async function request(
  url: string,
  { offset, trust, signal }: { offset: number; trust: Trust; signal: AbortSignal },
): Promise<Answer> {
  const silence = new AbortController();
  const listen = () => setTimeout(() => silence.abort(), 1000 * SILENCE_SECONDS);
  let timer = listen();
  const heard = () => {
    clearTimeout(timer);
    timer = listen();
  };
  const headers = {
    // Compressed bytes have other lengths and other ranges than those of the file.
    "accept-encoding": "identity",
    // Some hosts refuse programs that give but the name of their runtime.
    "user-agent": "einthoven-fetch",
    ...offset > 0 ? { range: `bytes=${offset}-` } : {},
  };
  const either = AbortSignal.any([signal, silence.signal]);
  const broken = (error: unknown): BrokenOff => {
    signal.throwIfAborted();
    const said = silence.signal.aborted ? `nothing for ${SILENCE_SECONDS} seconds` : reason(error);
    return new BrokenOff(said, { cause: error });
  };
  try {
    const { status, headers: said, body } = await follow(url, { trust, headers, signal: either, broken });
    heard();
    return { status, headers: said, chunks: chunks(body) };
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }

  async function* chunks(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
    const reader = body?.getReader();
    let ended = reader === undefined;
    try {
      while (reader !== undefined) {
        const { done, value } = await reader.read().catch((error) => {
          ended = true;
          throw broken(error);
        });
        ended ||= done;
        if (value === undefined) return;
        heard();
        yield value;
      }
    } finally {
      clearTimeout(timer);
      // What is not wanted to its end is not loaded further.
      if (!ended) await reader?.cancel();
    }
  }
}

async function follow(
  url: string,
  { trust, headers, signal, broken }: {
    trust: Trust;
    headers: Record<string, string>;
    signal: AbortSignal;
    broken: (error: unknown) => BrokenOff;
  },
): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    requireTrusted(at, { asked: url, trust });
    const response = await fetch(at, { headers, signal, redirect: "manual" }).catch((error) => {
      throw broken(error);
    });
    const { status } = response;
    if (status === 200 || status === 206 || status === 416) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (REDIRECTS.has(status) && location !== null) {
      at = URL.parse(location, at)?.href ?? location;
      continue;
    }
    const said = `${status} ${response.statusText}`.trim();
    if (PASSING.has(status)) {
      const waitSeconds = Number(response.headers.get("retry-after"));
      throw new BrokenOff(said, { waitSeconds: Number.isFinite(waitSeconds) ? waitSeconds : 0 });
    }
    throw new UsageError(`${at}: Cannot download: the server must give the file, got ${said}`);
  }
  throw new UsageError(
    `${url}: Cannot download: there must be at most ${MOST_REDIRECTS} redirects, got more`,
  );
}

function requireTrusted(url: string, { asked, trust }: { asked: string; trust: Trust }): void {
  const { origin, protocol, hostname } = URL.parse(url) ?? { origin: "", protocol: "", hostname: "" };
  const list = new URL(trust.list);
  if (origin === list.origin) return;
  if (protocol === "https:" && [list.hostname, ...trust.hosts].includes(hostname)) return;
  throw new UsageError(
    `${asked}: Cannot download: it must lie at ${list.origin}${
      trust.hosts.map((host) => `, https://${host}`).join("")
    }, got a way to ${url}`,
  );
}

/** What an error says, and what lies under it: the first alone is often `fetch failed`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
