package dev.sluice.cli.call;

import dev.sluice.cli.output.CommandFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whom to call.
 *
 * @param method {@code call} where none is named
 * @param version null: whatever traffic is routed to
 */
record Target(String actor, String method, @Nullable String version) {

    private static final String DEFAULT_METHOD = "call";

    static Target of(String text, @Nullable String version) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
            throw new CommandFailure("\"" + text + "\" names no actor: write ACTOR or ACTOR/METHOD.");
        }
        return new Target(parts[0], parts.length == 2 ? parts[1] : DEFAULT_METHOD, version);
    }

    String describePath() {
        return "/" + encoded(actor);
    }

    String callPath() {
        return method.equals(DEFAULT_METHOD) ? describePath() : describePath() + "/" + encoded(method);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
