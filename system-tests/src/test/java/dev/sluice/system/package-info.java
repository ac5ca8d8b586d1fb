/** The services together, as processes on this machine, under load and with faults. Run by {@code ./mvnw verify -Psystem}. */
@NullMarked
package dev.sluice.system;

import org.jspecify.annotations.NullMarked;
