package dev.sluice.benchmarks.overload;

import java.net.URI;

/**
 * Whom the load is sent to.
 *
 * @param name for people, such as the scheduler's
 * @param url where queries are posted
 */
record Side(String name, URI url) {}
