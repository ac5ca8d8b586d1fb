/** What runs, how full it is: status. */
@NullMarked
package dev.sluice.cli.status;

import org.jspecify.annotations.NullMarked;
