// Listens to /ui/api/stream while the page is looked at.
import { CredentialedEvents } from "./credentialed.js";
import { ask, held, isAsked } from "./key.js";
import { isOperator, Refused } from "./viewer.js";

const CALLER = "What the platform does is shown to operators only. The console calls the actors that this page's key may call.";

const PAUSE = 3000;

export class Feed extends EventTarget {
  #source = null;
  #opening = null;
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

  /** Who may not look does not ask for it. */
  async #open() {
    if (this.#source || this.#opening) return;
    const mine = (this.#opening = {});
    this.#tell(this.#state === "lost" ? "lost" : "connecting");
    let may = null;
    let why = null;
    try {
      may = await isOperator();
    } catch (failure) {
      if (failure instanceof Refused) why = failure.message;
    }
    if (this.#opening !== mine) return;
    this.#opening = null;
    if (may) this.#listen();
    else if (may === false) this.#tell("caller", CALLER);
    else {
      this.#tell("lost", why);
      // Whoever is asked for a key gives one, or does not.
      if (!isAsked()) this.#later();
    }
  }

  #listen() {
    const source = held() ? new CredentialedEvents("api/stream") : new EventSource("api/stream");
    this.#source = source;
    source.addEventListener("now", (event) => {
      this.#tell("live");
      this.dispatchEvent(new CustomEvent("now", { detail: JSON.parse(event.data) }));
    });
    source.addEventListener("events", (event) =>
      this.dispatchEvent(new CustomEvent("events", { detail: JSON.parse(event.data) })));
    source.addEventListener("error", () => {
      this.#tell("lost", this.why);
      // Browsers try again by themselves, but not where the answer was an error.
      if (source.readyState === EventSource.CLOSED && source === this.#source) {
        this.#source = null;
        this.#askWhy();
        this.#later();
      }
    });
  }

  #later() {
    setTimeout(() => document.hidden || this.#open(), PAUSE);
  }

  /** With another key. */
  again() {
    this.#close("connecting");
    this.#open();
  }

  /** A stream that is refused does not tell scripts why. */
  async #askWhy() {
    let why = null;
    try {
      const response = await ask("api/now");
      if (!response.ok) why = (await response.json()).detail;
    } catch {
      // It is gone, and that is said already.
    }
    if (this.#state === "lost") this.#tell("lost", why);
  }

  #close(state) {
    this.#source?.close();
    this.#source = null;
    this.#opening = null;
    this.#tell(state);
  }

  #tell(state, why = null) {
    if (state === this.#state && why === this.why) return;
    this.#state = state;
    this.why = why;
    this.dispatchEvent(new Event("state"));
  }
}
