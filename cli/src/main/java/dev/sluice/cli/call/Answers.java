package dev.sluice.cli.call;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Prints what came back. For people: the result alone, JSON over several lines, a string without its quotes. For programs
 * ({@code whole}): the answer as it came, on one line.
 */
final class Answers {

    private final PrintWriter out;
    private final boolean whole;
    private final boolean watched;

    Answers(PrintWriter out, boolean whole, boolean watched) {
        this.out = out;
        this.whole = whole;
        this.watched = watched;
    }

    /** {@code {"success": true, "actor": ..., "result": ...}} */
    void envelope(String body) {
        try {
            String result = Json.member(body, "result");
            json(whole || result == null ? body : result);
        } catch (JacksonException e) {
            throw new CommandFailure("The frontend's answer is not JSON: " + e.getOriginalMessage());
        }
    }

    void bare(String mediaType, InputStream body) throws IOException {
        if (MediaTypes.isJson(mediaType)) {
            json(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            return;
        }
        byte[] bytes = body.readAllBytes();
        if (MediaTypes.isText(mediaType)) {
            text(new String(bytes, StandardCharsets.UTF_8));
        } else if (watched) {
            out.println(bytes.length + " bytes of " + mediaType + ": send them to a file with > FILE.");
        } else {
            out.flush();
            System.out.write(bytes);
            System.out.flush();
        }
    }

    /** Each event as it comes. A stream says when it is complete: one that just stops has lost something. */
    void stream(InputStream body) throws IOException {
        EventReader events = new EventReader(body);
        for (EventReader.Event event = events.next(); event != null; event = events.next()) {
            switch (event.name()) {
                case EventReader.UNNAMED -> json(event.data());
                case "end" -> {
                    return;
                }
                case "error" -> failure(0, event.data());
                default -> {
                    // Of a newer frontend, and not a result.
                }
            }
        }
        throw new CommandFailure("The stream broke off before its end.");
    }

    /**
     * @param status 0 in the midst of a stream
     * @param body problem details where a frontend of ours answered
     */
    void failure(int status, String body) {
        if (whole) {
            out.println(body.strip());
        }
        throw new CommandFailure(sentence(status, body));
    }

    private static String sentence(int status, String body) {
        try {
            JsonNode problem = Json.read(body);
            String code = problem.path("code").asString("");
            String detail =
                    problem.path("detail").asString(problem.path("title").asString(""));
            if (!code.isEmpty()) {
                return code + ": " + detail;
            }
        } catch (JacksonException notOurs) {
            // said below
        }
        String words =
                body.isBlank() ? "" : ": " + body.strip().lines().findFirst().orElse("");
        return "The answer was HTTP status " + status + words;
    }

    private void json(String text) {
        try {
            if (whole) {
                out.println(Json.formatted(text, false));
                return;
            }
            JsonNode value = Json.read(text);
            out.println(value.isString() ? value.asString() : Json.formatted(text, watched));
        } catch (JacksonException notJson) {
            out.println(text);
        }
        out.flush();
    }

    private void text(String text) {
        out.print(text);
        if (watched && !text.endsWith("\n")) {
            out.println();
        }
        out.flush();
    }
}
