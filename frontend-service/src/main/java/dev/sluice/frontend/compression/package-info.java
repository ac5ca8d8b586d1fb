/** What is unpacked, whichever protocol brought it. */
@NullMarked
package dev.sluice.frontend.compression;

import org.jspecify.annotations.NullMarked;
