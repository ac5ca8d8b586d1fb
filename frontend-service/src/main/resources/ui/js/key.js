// The API key or token that the frontend knows this page's user by, where it asks for one: kept as long as the tab is open.

const NAME = "sluice-key";
const form = document.getElementById("key");

export const held = () => sessionStorage.getItem(NAME);

/** Whether the page waits for its user to give one. */
export const isAsked = () => !form.hidden;

/** Of requests. */
export const credentials = () => (held() ? { Authorization: `Bearer ${held()}` } : {});

/** Asks as whoever the key says; where none does, for a key. */
export async function ask(path, { headers = {}, ...options } = {}) {
  const key = held();
  const response = await fetch(path, { ...options, headers: { ...headers, ...credentials() } });
  // Another may have been given meanwhile.
  if (response.status === 401 && form.hidden && key === held()) {
    sessionStorage.removeItem(NAME);
    form.hidden = false;
    form.elements.key.focus();
  }
  return response;
}

/** Tells when there is a new one. */
export function onKey(action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = form.elements.key.value.trim();
    if (!key) return;
    sessionStorage.setItem(NAME, key);
    form.reset();
    form.hidden = true;
    action();
  });
}
