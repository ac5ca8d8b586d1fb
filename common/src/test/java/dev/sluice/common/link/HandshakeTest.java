package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.link.Handshake.LinkRefused;
import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.Frame.Proof;
import dev.sluice.common.wire.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Identity ROUTER = new Identity(Role.ROUTER, "router-0", 1);
    private static final Identity HOST = new Identity(Role.HOST, "host-0", 2);

    @Test
    void provesBothSidesToEachOther() {
        Handshake host = new Handshake(HOST, secret("s3cret"), Side.CONNECTED);
        Handshake router = new Handshake(ROUTER, secret("s3cret"), Side.ACCEPTED);
        Proof ofHost = host.answer(router.hello());
        Proof ofRouter = router.answer(host.hello());
        assertThat(router.accept(ofHost)).isEqualTo(host.hello());
        assertThat(host.accept(ofRouter)).isEqualTo(router.hello());
    }

    @Test
    void refusesAnotherSecretInOneSentenceOnBothSides() {
        Handshake host = new Handshake(HOST, secret("s3cret"), Side.CONNECTED);
        Handshake router = new Handshake(ROUTER, secret(""), Side.ACCEPTED);
        Proof ofHost = host.answer(router.hello());
        Proof ofRouter = router.answer(host.hello());
        String sentence = "its cluster secret is another one; give all processes the same sluice.cluster-secret";
        assertThatThrownBy(() -> router.accept(ofHost))
                .isInstanceOf(LinkRefused.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> host.accept(ofRouter)).hasMessage(sentence);
    }

    @Test
    void makesTheProofThatTheDocumentationDescribes() throws GeneralSecurityException {
        Hello verifier = hello(Role.ROUTER, "router-0", 1, counting(Hello.NONCE_BYTES));
        Handshake prover = new Handshake(HOST, secret("s3cret"), Side.CONNECTED);
        Proof proof = prover.answer(verifier);
        ByteBuffer message = ByteBuffer.allocate(1 + 1 + 6 + 8 + 16 + 16)
                .put((byte) 0)
                .put((byte) 2)
                .put("host-0".getBytes(StandardCharsets.UTF_8))
                .putLong(2)
                .put(prover.hello().nonce())
                .put(verifier.nonce());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(proof.mac()).isEqualTo(mac.doFinal(message.array()));
    }

    @Test
    void drawsANewNonceForEachLink() {
        assertThat(new Handshake(HOST, secret(""), Side.CONNECTED).hello().nonce())
                .isNotEqualTo(
                        new Handshake(HOST, secret(""), Side.CONNECTED).hello().nonce());
    }

    @Test
    void takesNoProofOfAnotherLink() {
        Handshake first = new Handshake(ROUTER, secret("s3cret"), Side.ACCEPTED);
        Handshake second = new Handshake(ROUTER, secret("s3cret"), Side.ACCEPTED);
        Handshake host = new Handshake(HOST, secret("s3cret"), Side.CONNECTED);
        Proof heard = host.answer(first.hello());
        second.answer(host.hello());
        assertThatThrownBy(() -> second.accept(heard)).isInstanceOf(LinkRefused.class);
    }

    @Test
    void takesNoEchoOfItsOwnHelloAndProof() {
        Handshake router = new Handshake(ROUTER, secret("s3cret"), Side.ACCEPTED);
        Proof echo = router.answer(router.hello());
        assertThatThrownBy(() -> router.accept(echo)).isInstanceOf(LinkRefused.class);
    }

    @Test
    void takesNoProofThatAnotherAcceptingProcessWasMadeToGive() {
        Handshake attacked = new Handshake(ROUTER, secret("s3cret"), Side.ACCEPTED);
        Handshake oracle = new Handshake(new Identity(Role.ROUTER, "router-1", 3), secret("s3cret"), Side.ACCEPTED);
        Hello attackedNonce = hello(Role.HOST, "attacker", 9, attacked.hello().nonce());
        Proof made = oracle.answer(attackedNonce);
        attacked.answer(oracle.hello());
        assertThatThrownBy(() -> attacked.accept(made)).isInstanceOf(LinkRefused.class);
    }

    @Test
    void refusesWhatComesOutOfTurn() {
        Handshake router = new Handshake(ROUTER, secret(""), Side.ACCEPTED);
        Handshake host = new Handshake(HOST, secret(""), Side.CONNECTED);
        Proof proof = host.answer(router.hello());
        assertThatThrownBy(() -> router.accept(proof)).hasMessage("it sent a proof out of turn");
        router.answer(host.hello());
        assertThatThrownBy(() -> router.answer(host.hello())).hasMessage("it sent a second hello");
        router.accept(proof);
        assertThatThrownBy(() -> router.accept(proof)).hasMessage("it sent a proof out of turn");
    }

    @Test
    void refusesAVersionThatIsNoMoreSpoken() {
        Handshake router = new Handshake(ROUTER, secret(""), Side.ACCEPTED);
        Hello old = new Hello(0, Role.HOST, "host-0", 1, new byte[16], 10, 1 << 20, 1 << 20, 3000, 0);
        assertThatThrownBy(() -> router.answer(old))
                .hasMessage("it speaks version 0 of the protocol, this process 1 to 1; upgrade it");
    }

    @Test
    void takesANewerPeerWhichKnowsWhatToSpeak() {
        Handshake router = new Handshake(ROUTER, secret(""), Side.ACCEPTED);
        Hello newer = new Hello(2, Role.HOST, "host-0", 1, new byte[16], 10, 1 << 20, 1 << 20, 3000, -1);
        assertThat(router.answer(newer).mac()).hasSize(Proof.MAC_BYTES);
    }

    @Test
    void refusesCreditWithoutRoomForThePeersOwnLargestPayload() {
        Handshake router = new Handshake(ROUTER, secret(""), Side.ACCEPTED);
        Hello hello = new Hello(1, Role.HOST, "host-0", 1, new byte[16], 1 << 20, 1 << 20, 4 << 20, 3000, 0);
        assertThatThrownBy(() -> router.answer(hello))
                .hasMessage(
                        "its credit of 1048576 bytes for queries and 4194304 for results has no room for its largest"
                                + " payload of 1048576");
    }

    private static Hello hello(Role role, String nodeId, long incarnation, byte[] nonce) {
        return new Hello(1, role, nodeId, incarnation, nonce, 1 << 20, 4 << 20, 4 << 20, 3000, 0);
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    static LinkSettings secret(String secret) {
        return new LinkSettings(secret, 1 << 20, 4 << 20, 4 << 20, Duration.ofSeconds(3));
    }
}
