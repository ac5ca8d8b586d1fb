/** The metrics of the protocol adapters; nothing else in the frontend's adapters knows Micrometer. */
@NullMarked
package dev.sluice.frontend.metrics;

import org.jspecify.annotations.NullMarked;
