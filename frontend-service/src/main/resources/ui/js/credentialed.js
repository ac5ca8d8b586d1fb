// Server-sent events of a request with credentials, which the browser's own EventSource cannot send.
import { ask } from "./key.js";

export class CredentialedEvents extends EventTarget {
  #stop = new AbortController();
  readyState = EventSource.CONNECTING;

  constructor(path) {
    super();
    this.#read(path);
  }

  async #read(path) {
    try {
      const response = await ask(path, { headers: { Accept: "text/event-stream" }, signal: this.#stop.signal });
      if (response.ok) {
        this.readyState = EventSource.OPEN;
        await this.#each(response.body);
      }
    } catch {
      // Broken off, or closed from here: who listens asks again, or does not.
    }
    this.readyState = EventSource.CLOSED;
    if (!this.#stop.signal.aborted) this.dispatchEvent(new Event("error"));
  }

  async #each(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const whole = (rest + value).split("\n\n");
      rest = whole.pop();
      for (const one of whole) this.#tell(one.split("\n"));
    }
  }

  #tell(lines) {
    const all = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
    const data = all("data");
    if (data.length) this.dispatchEvent(new MessageEvent(all("event")[0] ?? "message", { data: data.join("\n") }));
  }

  close() {
    this.readyState = EventSource.CLOSED;
    this.#stop.abort();
  }
}
