package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.InferWriter;

/**
 * As what a method answers.
 *
 * @param name of the model
 * @param version of it
 * @param writer of answers
 */
public record TensorModel(String name, String version, InferWriter writer) {}
