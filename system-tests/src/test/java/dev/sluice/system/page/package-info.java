/** The page of a frontend, in a real browser. */
@NullMarked
package dev.sluice.system.page;

import org.jspecify.annotations.NullMarked;
