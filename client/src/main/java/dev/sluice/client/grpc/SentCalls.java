package dev.sluice.client.grpc;

import dev.sluice.client.transport.Budget;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** A call on its way to a connection, for which it may have to wait: what it says of its SLO, and whether anything of it was written. */
final class SentCalls extends ClientStreamTracer.Factory {

    private static final Metadata.Key<String> SLO = Metadata.Key.of("sluice-slo-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final Budget budget;
    private volatile boolean any;

    SentCalls(Budget budget) {
        this.budget = budget;
    }

    /** What was not written has not been started by anybody. */
    boolean any() {
        return any;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes connection, Metadata headers) {
                String left = budget.leftMillis();
                if (left != null) {
                    headers.discardAll(SLO);
                    headers.put(SLO, left);
                }
            }

            @Override
            public void outboundHeaders() {
                any = true;
            }
        };
    }
}
