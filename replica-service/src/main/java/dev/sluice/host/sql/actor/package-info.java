/** One SQL actor at work. */
@NullMarked
package dev.sluice.host.sql.actor;

import org.jspecify.annotations.NullMarked;
