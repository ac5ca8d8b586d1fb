/** What a process tells those who operate it, and who may see it. */
@NullMarked
package dev.sluice.common.management;

import org.jspecify.annotations.NullMarked;
