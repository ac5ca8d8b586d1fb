/** The platform as containers, by the same commands that people give. */
@NullMarked
package dev.sluice.system.containers;

import org.jspecify.annotations.NullMarked;
