/** What a file of a SQL actor says: its header, its parameters, its statement. */
@NullMarked
package dev.sluice.host.sql.file;

import org.jspecify.annotations.NullMarked;
