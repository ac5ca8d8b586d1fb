/** Who asks for what Spring serves: the catalogue, the page, Actuator. */
@NullMarked
package dev.sluice.frontend.http.caller;

import org.jspecify.annotations.NullMarked;
