package dev.sluice.examples.onnx;

/**
 * What a classifier takes a row for.
 *
 * @param probability of the label, 0 to 1
 */
public record Guess(String label, float probability) {}
