/** What the protocols over gRPC share: what a call says outside its messages, outcomes as status, the life of a server. */
@NullMarked
package dev.sluice.frontend.rpc;

import org.jspecify.annotations.NullMarked;
