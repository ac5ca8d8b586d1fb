/** What became of a query in the tiers behind who asked: told along with its outcome. */
@NullMarked
package dev.sluice.common.report;

import org.jspecify.annotations.NullMarked;
