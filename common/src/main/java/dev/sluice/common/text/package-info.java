/** Words for people. */
@NullMarked
package dev.sluice.common.text;

import org.jspecify.annotations.NullMarked;
