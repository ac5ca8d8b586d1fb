package dev.sluice.benchmarks.echo;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The envelope of a result. */
record EchoReply(boolean success, String actor, @Nullable JsonNode result) {}
