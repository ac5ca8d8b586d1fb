package dev.sluice.frontend.access.key;

import dev.sluice.common.config.SettingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with more API keys, which may change while the frontend runs: what it said before stays good as long as it cannot be read.
 * Not thread-safe.
 */
public final class KeysFile {

    private static final Logger log = LoggerFactory.getLogger(KeysFile.class);

    private final Path file;
    private final KeysYaml yaml;
    private final List<KeySettings> settings;
    private final KeyRing ring;
    private byte[] read = new byte[0];
    private byte[] seen = read;
    private boolean failing;

    /** @param settings keys that are good beside those of the file */
    public KeysFile(Path file, List<KeySettings> settings, KeyRing ring) {
        this.file = file;
        this.yaml = new KeysYaml("The file " + file + " of sluice.access.keys-file");
        this.settings = List.copyOf(settings);
        this.ring = ring;
    }

    /** @throws SettingRefused where it says nothing that makes sense */
    public void load() {
        try {
            take(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SettingRefused(
                    "The file " + file + " of sluice.access.keys-file cannot be read ("
                            + e.getClass().getSimpleName() + ").",
                    "Put it there, with a list of keys under keys: as docs/security.md shows, and let this process read it.");
        }
    }

    /** Looks whether it says something else by now: the same at two looks, since one that is being written is not whole yet. */
    public void look() {
        try {
            byte[] now = Files.readAllBytes(file);
            boolean settled = Arrays.equals(now, seen);
            seen = now;
            if (!settled) {
                return;
            }
            if (!Arrays.equals(now, read)) {
                take(now);
                log.info("The keys in {} were read again", file);
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                // Not the exception: what it says of the place where it failed may be a key.
                String why = e instanceof SettingRefused refused
                        ? refused.getMessage()
                        : e.getClass().getSimpleName();
                log.warn("The keys in {} could not be read, and those before stay good: {}", file, why);
            }
        }
    }

    private void take(byte[] text) throws IOException {
        List<KeySettings> all = new ArrayList<>(settings);
        all.addAll(yaml.parse(text));
        ring.replace(all);
        read = text;
        seen = text;
    }
}
