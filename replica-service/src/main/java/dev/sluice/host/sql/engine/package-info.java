/** The databases that SQL actors ask, each kept from being written to. */
@NullMarked
package dev.sluice.host.sql.engine;

import org.jspecify.annotations.NullMarked;
