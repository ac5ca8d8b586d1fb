package dev.sluice.frontend.message;

import dev.sluice.common.error.Failure;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** A JSON object as its members are added, with a space after each colon and comma as in the contract of 2019. */
public final class JsonMembers {

    private final StringBuilder text = new StringBuilder(128).append('{');

    public JsonMembers add(String key, String value) {
        name(key).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
        return this;
    }

    /** Nothing where there is no value. */
    public JsonMembers addIfPresent(String key, @Nullable String value) {
        return value == null ? this : add(key, value);
    }

    public JsonMembers add(String key, boolean value) {
        name(key).append(value);
        return this;
    }

    public JsonMembers add(String key, long value) {
        name(key).append(value);
        return this;
    }

    /** {@code code}, {@code message}, {@code retryable} and, where it is known, {@code retry_after_ms}. */
    public JsonMembers add(Failure failure) {
        add("code", failure.code().name()).add("message", failure.message());
        add("retryable", failure.code().retryable());
        return failure.retryAfterMillis() > 0 ? add("retry_after_ms", failure.retryAfterMillis()) : this;
    }

    /** All up to where the value of this last member begins. */
    public byte[] upTo(String key) {
        name(key);
        return utf8();
    }

    public byte[] end() {
        text.append('}');
        return utf8();
    }

    private StringBuilder name(String key) {
        if (text.length() > 1) {
            text.append(", ");
        }
        return text.append('"').append(key).append("\": ");
    }

    private byte[] utf8() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
