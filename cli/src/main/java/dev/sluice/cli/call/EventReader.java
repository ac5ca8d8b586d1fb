package dev.sluice.cli.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (the event stream format of the HTML standard) as they come. Not thread-safe. */
public final class EventReader {

    /** @param name {@code message} where the event has none */
    public record Event(String name, String data) {}

    static final String UNNAMED = "message";

    private final BufferedReader lines;

    public EventReader(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Waits for the next event that has data; null at the end. An event that the end cuts short does not count. */
    public @Nullable Event next() throws IOException {
        String name = UNNAMED;
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(name, data.toString());
                }
                name = UNNAMED;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("data")) {
                data.append(any ? "\n" : "").append(value);
                any = true;
            } else if (field.equals("event")) {
                name = value;
            }
        }
        return null;
    }
}
