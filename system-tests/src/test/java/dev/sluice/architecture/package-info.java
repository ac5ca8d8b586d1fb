/** The rules of who may know whom, each with a planted class that breaks it, so that no rule can hold by checking nothing. */
@NullMarked
package dev.sluice.architecture;

import org.jspecify.annotations.NullMarked;
