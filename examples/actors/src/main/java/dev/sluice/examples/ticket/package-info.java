/** The parts of a pipeline that decides what becomes of a message to a help desk: see {@code examples/pipelines.yaml}. */
@NullMarked
package dev.sluice.examples.ticket;

import org.jspecify.annotations.NullMarked;
