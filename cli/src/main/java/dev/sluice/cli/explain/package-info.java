/** Where the time of queries went: explain. */
@NullMarked
package dev.sluice.cli.explain;

import org.jspecify.annotations.NullMarked;
