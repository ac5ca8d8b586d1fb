/** The stock host: a Boot application that is nothing but the starter, and a folder of jars. */
@NullMarked
package dev.sluice.host;

import org.jspecify.annotations.NullMarked;
