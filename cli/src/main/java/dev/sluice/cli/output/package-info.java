/** What commands print: tables, sizes, times, JSON. */
@NullMarked
package dev.sluice.cli.output;

import org.jspecify.annotations.NullMarked;
