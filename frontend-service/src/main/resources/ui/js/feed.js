// Listens to /ui/api/stream while the page is looked at.

export class Feed extends EventTarget {
  #source = null;
  #state = "connecting";

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
    const source = new EventSource("api/stream");
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
        setTimeout(() => document.hidden || this.#open(), 3000);
      }
    });
  }

  #close(state) {
    this.#source?.close();
    this.#source = null;
    this.#tell(state);
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event("state"));
  }
}
