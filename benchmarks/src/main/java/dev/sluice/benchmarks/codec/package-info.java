/** The {@code codec} bench: what encoding, decoding and queueing a frame cost, in time and in garbage. */
@NullMarked
package dev.sluice.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
