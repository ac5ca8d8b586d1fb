package dev.sluice.frontend.oip;

import dev.sluice.frontend.http.ErrorForm;
import dev.sluice.frontend.http.problem.Problem;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** {@code {"error": "a sentence"}}. */
final class OipErrors implements ErrorForm {

    static final OipErrors FORM = new OipErrors();

    private OipErrors() {}

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public byte[] bytes(Problem problem) {
        return text(problem.failure().message()).getBytes(StandardCharsets.UTF_8);
    }

    static String text(String sentence) {
        return "{\"error\":\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(sentence)) + "\"}";
    }
}
