package dev.sluice.client.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Whether anything of a call was written to a connection: what was not has not been started by anybody. */
final class SentCalls extends ClientStreamTracer.Factory {

    private volatile boolean any;

    boolean any() {
        return any;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundHeaders() {
                any = true;
            }
        };
    }
}
