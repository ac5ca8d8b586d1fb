/** A folder of SQL actors, looked at again and again, and what of it is served. */
@NullMarked
package dev.sluice.host.sql.repository;

import org.jspecify.annotations.NullMarked;
