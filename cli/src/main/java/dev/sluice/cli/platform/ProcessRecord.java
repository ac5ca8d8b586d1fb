package dev.sluice.cli.platform;

import java.net.URI;
import java.nio.file.Path;

/**
 * A process of a platform as it is written down for other terminals.
 *
 * @param log where its output goes
 */
public record ProcessRecord(String name, Tier tier, int port, OsProcess process, Path log) {

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
