// Who looks at the page, as the frontend knows it by the page's key.
import { ask } from "./key.js";

/** The frontend does not say; the message is its sentence why. */
export class Refused extends Error {}

/** Whether all is shown, or only what this viewer calls itself. */
export async function isOperator() {
  const response = await ask("viewer");
  const told = await response.json();
  if (!response.ok) throw new Refused(told.detail ?? `The frontend answered with the status ${response.status}.`);
  return told.operator;
}
