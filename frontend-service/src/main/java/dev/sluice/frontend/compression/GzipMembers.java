package dev.sluice.frontend.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip, which is any number of members one behind the other. Java's own class calls itself for each member that it finds
 * empty, so that some ten thousand of them, of 20 bytes each, would end its thread's stack: here a row of them is limited.
 */
public final class GzipMembers extends GZIPInputStream {

    private static final int MOST_EMPTY = 100;

    private int depth;

    /** @throws IOException for what does not begin as gzip does */
    public GzipMembers(InputStream packed, int bufferBytes) throws IOException {
        super(packed, bufferBytes);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (depth > MOST_EMPTY) {
            throw new ZipException("more than " + MOST_EMPTY + " empty members of gzip in a row");
        }
        depth++;
        try {
            return super.read(into, offset, length);
        } finally {
            depth--;
        }
    }
}
