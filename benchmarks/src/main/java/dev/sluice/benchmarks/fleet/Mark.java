package dev.sluice.benchmarks.fleet;

/**
 * Something that a chart points to.
 *
 * @param at seconds from the start
 * @param label a word or two
 */
record Mark(double at, String label) {}
