package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;

/** Short names for contents, to tell whether something made from them is still good. */
final class Fingerprint {

    private static final int DIGITS = 12;

    private Fingerprint() {}

    /** Of what a jar holds, by the names and checksums in its directory: quick, and blind to when it was packed. */
    static String ofJar(Path jar) {
        StringBuilder contents = new StringBuilder();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .map(entry -> entry.getName() + ' ' + Long.toHexString(entry.getCrc()) + '\n')
                    .sorted()
                    .forEach(contents::append);
        } catch (IOException e) {
            throw new PlatformException(jar + " cannot be read (" + e.getMessage() + "): build it again.");
        }
        return of(List.of(contents.toString()));
    }

    static String of(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> digest.update((text + '\0').getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
