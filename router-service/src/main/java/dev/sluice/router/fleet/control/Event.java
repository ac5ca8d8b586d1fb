package dev.sluice.router.fleet.control;

import java.time.Instant;

/**
 * Something that happened to the fleet.
 *
 * @param number rises by one with each
 * @param at when, by this router's wall clock: for people, nothing is decided by it
 * @param kind for instance {@code start}, {@code stop}, {@code rollback}
 * @param actor that it concerns; empty where none
 * @param version likewise
 * @param replica likewise
 * @param host likewise
 * @param reason a sentence for the operator
 */
public record Event(
        long number,
        Instant at,
        String kind,
        String actor,
        String version,
        String replica,
        String host,
        String reason) {}
