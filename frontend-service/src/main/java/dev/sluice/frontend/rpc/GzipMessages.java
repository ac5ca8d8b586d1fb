package dev.sluice.frontend.rpc;

import dev.sluice.frontend.compression.GzipMembers;
import io.grpc.Decompressor;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks messages that come as gzip; gRPC itself bounds how large they become. */
public final class GzipMessages implements Decompressor {

    private static final int BUFFER_BYTES = 4096;

    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream packed) throws IOException {
        return new GzipMembers(packed, BUFFER_BYTES);
    }
}
