/** What the tests of every module share. */
@NullMarked
package dev.sluice.common.testing;

import org.jspecify.annotations.NullMarked;
