package dev.sluice.frontend.page;

/**
 * What is shown at one moment, written once for all who look.
 *
 * @param now sizes of the moment, and what was counted until then, as JSON
 * @param events what happened to the fleet last, as a JSON array; the same object as long as nothing new did
 */
record Moment(String now, String events) {}
