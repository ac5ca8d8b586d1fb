package dev.sluice.frontend.http.problem;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes problems as {@code application/problem+json}, in one line so that they also fit a server-sent event. */
public final class ProblemJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ProblemJson() {}

    public static byte[] bytes(Problem problem) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", problem.type());
            json.writeStringProperty("title", problem.title());
            json.writeNumberProperty("status", problem.status());
            json.writeStringProperty("detail", problem.failure().message());
            json.writeStringProperty("code", problem.code().name());
            if (problem.actor() != null) {
                json.writeStringProperty("actor", problem.actor());
            }
            json.writeBooleanProperty("retryable", problem.code().retryable());
            json.writeBooleanProperty("success", false);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
