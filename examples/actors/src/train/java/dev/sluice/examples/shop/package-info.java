/** Makes the data that the SQL examples read. Runs in the build only. */
@NullMarked
package dev.sluice.examples.shop;

import org.jspecify.annotations.NullMarked;
