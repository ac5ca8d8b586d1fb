package dev.sluice.frontend.flight.column;

/**
 * A column of record batches.
 *
 * @param name of it
 * @param layout of its values
 */
public record Column(String name, Layout layout) {}
