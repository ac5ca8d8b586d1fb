package dev.sluice.sdk.codec;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in a sentence for the caller what is wrong with a JSON input; Jackson speaks to the programmer of the server. */
final class JsonFailures {

    private static final int MAX_LENGTH = 400;

    /** Advice on how the server could be set up to accept it. */
    private static final Pattern ADVICE =
            Pattern.compile(" ?\\((but|set|disable|enable|token|although|through) [^()]*(\\([^()]*\\)[^()]*)*\\)");

    private static final Pattern FEATURE = Pattern.compile(":? ?not allowed as per `[^`]*`");
    private static final Pattern PACKAGE = Pattern.compile("`(?:[a-z_][\\w]*\\.)+([^`]*)`");

    private JsonFailures() {}

    static Failure failure(JacksonException wrong, String type) {
        String message = wrong instanceof StreamReadException
                ? "The input is not valid JSON: " + clean(wrong.getOriginalMessage())
                : "The input is not a " + type + ": " + at(wrong) + reason(wrong);
        return new Failure(ErrorCode.INVALID_INPUT, sentence(message));
    }

    private static String reason(JacksonException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return "unknown property \"" + unknown.getPropertyName() + "\", known are " + unknown.getKnownPropertyIds();
        }
        if (wrong instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return String.valueOf(refused.getCause().getMessage());
        }
        return clean(wrong.getOriginalMessage());
    }

    private static String clean(String message) {
        String plain = ADVICE.matcher(message).replaceAll("");
        plain = FEATURE.matcher(plain).replaceAll("");
        return PACKAGE.matcher(plain).replaceAll("`$1`");
    }

    private static String at(JacksonException wrong) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : wrong.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "" : "at " + path + ": ";
    }

    private static String sentence(String message) {
        String line = message.strip();
        if (line.length() > MAX_LENGTH) {
            return line.substring(0, MAX_LENGTH) + "...";
        }
        return line.endsWith(".") ? line : line + ".";
    }
}
