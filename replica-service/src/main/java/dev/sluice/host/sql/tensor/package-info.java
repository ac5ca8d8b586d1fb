/** SQL actors as models of the Open Inference Protocol: a tensor for each parameter, and one for each column. */
@NullMarked
package dev.sluice.host.sql.tensor;

import org.jspecify.annotations.NullMarked;
