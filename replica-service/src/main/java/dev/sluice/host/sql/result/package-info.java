/** Results of queries as JSON and Arrow, within limits. */
@NullMarked
package dev.sluice.host.sql.result;

import org.jspecify.annotations.NullMarked;
