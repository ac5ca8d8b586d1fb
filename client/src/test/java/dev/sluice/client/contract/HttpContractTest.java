package dev.sluice.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpContractTest extends ClientContract {

    @Override
    String uri() {
        return frontend.http();
    }

    /** Over gRPC no answer says it. */
    @Test
    void aFailureHasTheIdThatTheFrontendGave() {
        try (SluiceClient own = SluiceClient.connect(uri())) {
            for (SluiceException failure : List.of(
                    catchThrowableOfType(SluiceException.class, () -> own.call("nobody", 1, Long.class)),
                    catchThrowableOfType(
                            SluiceException.class, () -> own.actor("nobody").infer(Tensor.int64("x", new long[1]))),
                    catchThrowableOfType(
                            SluiceException.class,
                            () -> own.actor("spoilt").stream(1, Integer.class).forEachRemaining(each -> {})))) {
                assertThat(failure.id()).isPresent();
            }
        }
    }
}
