/** Methods of actors as models of the Open Inference Protocol, for the adapters that speak it. */
@NullMarked
package dev.sluice.frontend.query.model;

import org.jspecify.annotations.NullMarked;
