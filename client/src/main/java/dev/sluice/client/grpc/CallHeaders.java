package dev.sluice.client.grpc;

import dev.sluice.client.transport.Call;
import io.grpc.Metadata;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a call says outside its message. */
final class CallHeaders {

    private final Supplier<Map<String, String>> each;

    /** @param each what all say beside their own */
    CallHeaders(Supplier<Map<String, String>> each) {
        this.each = each;
    }

    /** What all say. */
    Metadata all() {
        Metadata headers = new Metadata();
        each.get().forEach((name, value) -> put(headers, name, value));
        return headers;
    }

    Metadata of(Call call) {
        Metadata headers = all();
        put(headers, "sluice-priority", call.priority() == 0 ? null : Integer.toString(call.priority()));
        put(headers, "sluice-version", call.version());
        put(headers, "sluice-id", call.id());
        put(headers, "sluice-tenant", call.tenant());
        return headers;
    }

    private static void put(Metadata headers, String name, @Nullable String value) {
        if (value != null) {
            Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
            headers.discardAll(key);
            headers.put(key, value);
        }
    }
}
