package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that begin a message and do not end it. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class IncompleteMessagesTest {

    private static final int ANNOUNCED = 1_000_000;
    private static final int SENT = 50_000;

    private static TestFrontend patient;
    private static TestFrontend hasty;
    private FakeGateway gateway;

    @BeforeAll
    static void start() {
        patient = TestFrontend.start(
                "sluice.frontend.grpc.body-timeout=1h", "sluice.frontend.grpc.max-calls-per-connection=7");
        hasty = TestFrontend.start("sluice.frontend.grpc.body-timeout=50ms");
    }

    @AfterAll
    static void stop() {
        patient.close();
        hasty.close();
    }

    @BeforeEach
    void forget() {
        gateway = patient.gateway();
        gateway.forget();
    }

    @AfterEach
    void nothingIsHeld() {
        await().untilAsserted(() -> assertThat(gateway.retained().held()).isZero());
        await().untilAsserted(
                        () -> assertThat(hasty.gateway().retained().held()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ModelInfer", "ModelStreamInfer"})
    void areCountedAsTheirBytesCome(String method) {
        try (RawCall call = RawCall.open(patient.grpcPort(), method)) {
            call.send(ANNOUNCED, SENT);
            await().untilAsserted(() -> assertThat(gateway.retained().held()).isEqualTo(SENT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ModelInfer", "ModelStreamInfer"})
    void areRefusedBeforeTheyAreWholeWhereThereIsNoRoom(String method) {
        gateway.maxRetainedBytes(SENT / 2);
        try (RawCall call = RawCall.open(patient.grpcPort(), method)) {
            call.send(ANNOUNCED, SENT).awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ModelInfer", "ModelStreamInfer"})
    void areGivenUpWhenTheyStandStill(String method) {
        try (RawCall call = RawCall.open(hasty.grpcPort(), method)) {
            call.send(ANNOUNCED, SENT).awaitEnd();
        }
    }

    @Test
    void areGivenUpWhenTheEndBehindThemDoesNotCome() {
        try (RawCall call = RawCall.open(hasty.grpcPort(), "ModelInfer")) {
            call.send(SENT, SENT).awaitEnd();
        }
    }

    @Test
    void areGivenUpWhenNothingComesAtAll() {
        try (RawCall call = RawCall.open(hasty.grpcPort(), "ModelInfer")) {
            call.awaitEnd();
        }
    }

    @Test
    void areBoundedInNumber() {
        try (RawCall call = RawCall.open(patient.grpcPort(), "ModelInfer")) {
            assertThat(call.mostCalls()).isEqualTo(7);
        }
    }
}
