/** What a caller of Arrow Flight asks for, and the queries made of it. */
@NullMarked
package dev.sluice.frontend.flight.command;

import org.jspecify.annotations.NullMarked;
