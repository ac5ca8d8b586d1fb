/** Calling an actor through a frontend: call. */
@NullMarked
package dev.sluice.cli.call;

import org.jspecify.annotations.NullMarked;
