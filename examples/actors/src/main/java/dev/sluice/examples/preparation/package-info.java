/** Makes of files, pictures and sound what models take, and of what models give what people read. */
@NullMarked
package dev.sluice.examples.preparation;

import org.jspecify.annotations.NullMarked;
