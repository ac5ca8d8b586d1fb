/** Tells what kind of file its bytes are, with the public magika model. */
@NullMarked
package dev.sluice.examples.filetype;

import org.jspecify.annotations.NullMarked;
