/** Wiring of the SQL actors of a host: a folder of files, each one query, served without code. */
@NullMarked
package dev.sluice.host.sql.config;

import org.jspecify.annotations.NullMarked;
