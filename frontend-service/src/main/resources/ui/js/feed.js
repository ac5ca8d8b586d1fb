// Listens to /ui/api/stream while the page is looked at.
import { CredentialedEvents } from "./credentialed.js";
import { ask, held } from "./key.js";

export class Feed extends EventTarget {
  #source = null;
  #state = "connecting";

  /** Why there is no connection, where the frontend says so. */
  why = null;

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close("paused") : this.#open()));
    this.#open();
  }

  get state() {
    return this.#state;
  }

  #open() {
    if (this.#source) return;
    this.#tell(this.#state === "lost" ? "lost" : "connecting");
    const source = held() ? new CredentialedEvents("api/stream") : new EventSource("api/stream");
    this.#source = source;
    source.addEventListener("now", (event) => {
      this.#tell("live");
      this.dispatchEvent(new CustomEvent("now", { detail: JSON.parse(event.data) }));
    });
    source.addEventListener("events", (event) =>
      this.dispatchEvent(new CustomEvent("events", { detail: JSON.parse(event.data) })));
    source.addEventListener("error", () => {
      this.#tell("lost");
      // Browsers try again by themselves, but not where the answer was an error.
      if (source.readyState === EventSource.CLOSED) {
        this.#source = null;
        this.#askWhy();
        setTimeout(() => document.hidden || this.#open(), 3000);
      }
    });
  }

  /** With another key. */
  again() {
    this.#close("connecting");
    this.#open();
  }

  /** A stream that is refused does not tell scripts why. */
  async #askWhy() {
    try {
      const response = await ask("api/now");
      this.why = response.ok ? null : (await response.json()).detail;
    } catch {
      this.why = null;
    }
    this.dispatchEvent(new Event("state"));
  }

  #close(state) {
    this.#source?.close();
    this.#source = null;
    this.#tell(state);
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    if (state === "live") this.why = null;
    this.dispatchEvent(new Event("state"));
  }
}
