/**
 * The Open Inference Protocol, version 2, over HTTP: an actor is a model. Queries are served as those of the native protocol are, below
 * Spring's exchange, and so is all else under {@code /v2}, so that every error has the protocol's form.
 */
@NullMarked
package dev.sluice.frontend.oip;

import org.jspecify.annotations.NullMarked;
