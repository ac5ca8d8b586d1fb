/** A user's own Spring Boot application that is a host as well, by the starter and one property. */
@NullMarked
package dev.sluice.examples.boothost;

import org.jspecify.annotations.NullMarked;
