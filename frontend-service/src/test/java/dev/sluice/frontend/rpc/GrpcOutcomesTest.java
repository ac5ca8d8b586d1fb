package dev.sluice.frontend.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcOutcomesTest {

    /** Clients fail otherwise on more trailers than 8 kB: in these a byte of the message may take three and one and a third. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ö", "\uD83D\uDE00", "a\uD83D\uDE00"})
    void saysNoMoreThanClientsTake(String part) {
        Status status = GrpcOutcomes.exception(new Failure(ErrorCode.INVALID_INPUT, part.repeat(5_000)))
                .getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        String said = String.valueOf(status.getDescription());
        assertThat(said).endsWith("...").doesNotContain("\uFFFD");
        assertThat(part.repeat(5_000)).startsWith(said.substring(0, said.length() - 3));
        assertThat(said.getBytes(StandardCharsets.UTF_8).length).isBetween(990, 1_003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void saysAllOfWhatIsShort(String message) {
        assertThat(GrpcOutcomes.exception(new Failure(ErrorCode.FAILED, message))
                        .getStatus()
                        .getDescription())
                .isEqualTo(message);
    }
}
