package dev.sluice.frontend.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a secret, by which it is looked up: how long that takes says nothing of the secret, and whoever sees what is kept
 * cannot call with it.
 */
public final class SecretHash {

    private static final int BYTES = 32;

    /** Copied for each secret, where looking one up by its name would cost more than a short secret's hash. */
    private static final MessageDigest SHA_256 = sha256();

    private final byte[] digest;

    private SecretHash(byte[] digest) {
        this.digest = digest;
    }

    public static SecretHash of(Secret secret) {
        try {
            MessageDigest fresh = (MessageDigest) SHA_256.clone();
            return new SecretHash(fresh.digest(secret.text().getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of this JDK cannot be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException for what is not 64 hexadecimal digits */
    public static SecretHash parse(String hex) {
        byte[] digest = HexFormat.of().parseHex(hex);
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("not 64 hexadecimal digits");
        }
        return new SecretHash(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return (digest[0] & 0xFF) << 24 | (digest[1] & 0xFF) << 16 | (digest[2] & 0xFF) << 8 | digest[3] & 0xFF;
    }

    @Override
    public String toString() {
        return "(hash)";
    }
}
