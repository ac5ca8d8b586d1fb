/** The platforms that the tests share, and the processes beside them. */
@NullMarked
package dev.sluice.system.site;

import org.jspecify.annotations.NullMarked;
