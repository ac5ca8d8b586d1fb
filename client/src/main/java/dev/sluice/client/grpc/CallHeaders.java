package dev.sluice.client.grpc;

import dev.sluice.client.transport.Call;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/** What a call says outside its message. */
final class CallHeaders {

    private CallHeaders() {}

    static Metadata of(Call call) {
        Metadata headers = new Metadata();
        put(headers, "sluice-priority", call.priority() == 0 ? null : Integer.toString(call.priority()));
        put(headers, "sluice-version", call.version());
        put(headers, "sluice-id", call.id());
        put(headers, "sluice-tenant", call.tenant());
        return headers;
    }

    private static void put(Metadata headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        }
    }
}
