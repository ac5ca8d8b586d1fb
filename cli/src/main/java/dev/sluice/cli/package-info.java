/** The command line: one class for each verb. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
