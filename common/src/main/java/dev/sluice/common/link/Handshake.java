package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.Frame.Proof;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Both sides send a hello with a nonce, then a proof: HMAC-SHA256 with the cluster secret over the prover's side of the
 * connection, role, node and nonce and the other's nonce. So a proof is worth nothing on any other link; and since those who
 * accept connections only ever make proofs of that side, none of them can be made to answer for one who connects.
 */
final class Handshake {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String NO_SECRET = "sluice without a secret";
    private static final int OLDEST_VERSION = 1;

    private final LinkSettings settings;
    private final Side side;
    private final Hello own;
    private @Nullable Hello peer;
    private boolean proven;

    Handshake(Identity identity, LinkSettings settings, Side side) {
        this.settings = settings;
        this.side = side;
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        this.own = new Hello(
                Hello.VERSION,
                identity.role(),
                identity.nodeId(),
                identity.incarnation(),
                nonce,
                settings.maxPayloadBytes(),
                settings.queryCreditBytes(),
                settings.resultCreditBytes(),
                (int) settings.lease().toMillis(),
                0);
    }

    Hello hello() {
        return own;
    }

    /** @throws LinkRefused where the two cannot work together */
    Proof answer(Hello hello) {
        if (peer != null) {
            throw new LinkRefused("it sent a second hello");
        }
        if (hello.version() < OLDEST_VERSION) {
            throw new LinkRefused("it speaks version " + hello.version() + " of the protocol, this process "
                    + OLDEST_VERSION + " to " + Hello.VERSION + "; upgrade it");
        }
        long room = LinkSettings.cargoBytes(hello.maxPayloadBytes());
        if (hello.maxPayloadBytes() < 0 || hello.queryCreditBytes() < room || hello.resultCreditBytes() < room) {
            throw new LinkRefused("its credit of " + hello.queryCreditBytes() + " bytes for queries and "
                    + hello.resultCreditBytes() + " for results has no room for its largest payload of "
                    + hello.maxPayloadBytes());
        }
        peer = hello;
        return new Proof(mac(own, side, hello));
    }

    /** @throws LinkRefused where the peer does not know the secret */
    Hello accept(Proof proof) {
        Hello hello = peer;
        if (hello == null || proven) {
            throw new LinkRefused("it sent a proof out of turn");
        }
        if (!MessageDigest.isEqual(proof.mac(), mac(hello, side.other(), own))) {
            throw new LinkRefused(
                    "its cluster secret is another one; give all processes the same sluice.cluster-secret");
        }
        proven = true;
        return hello;
    }

    boolean proven() {
        return proven;
    }

    private byte[] mac(Hello prover, Side proverSide, Hello verifier) {
        String secret = settings.clusterSecret().isEmpty() ? NO_SECRET : settings.clusterSecret();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((byte) proverSide.ordinal());
            mac.update((byte) prover.role().ordinal());
            mac.update(prover.nodeId().getBytes(StandardCharsets.UTF_8));
            mac.update(ByteBuffer.allocate(Long.BYTES)
                    .putLong(prover.incarnation())
                    .array());
            mac.update(prover.nonce());
            mac.update(verifier.nonce());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256, which every Java must have.", e);
        }
    }

    /** The link ends before it opened. */
    static final class LinkRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        LinkRefused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
