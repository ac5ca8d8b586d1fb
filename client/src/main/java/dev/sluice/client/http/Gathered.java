package dev.sluice.client.http;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.io.ByteArrayOutputStream;

/** A body as it comes, up to what a result may have. */
final class Gathered extends ByteArrayOutputStream {

    private final int most;

    Gathered(int most) {
        this.most = most;
    }

    void add(byte[] bytes) {
        if (size() > most - bytes.length) {
            throw tooLarge(most);
        }
        writeBytes(bytes);
    }

    static SluiceException tooLarge(int most) {
        return new SluiceException(
                ErrorCode.TOO_LARGE,
                "The result has more than the " + most
                        + " bytes that this client takes; see maxResultBytes of its builder.");
    }
}
