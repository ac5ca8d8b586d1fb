package dev.sluice.client.contract;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeGateway.Seen;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real frontend with nothing behind it for all these tests; nothing that a test sent is left in it. */
public final class Frontend implements BeforeEachCallback, AfterEachCallback {

    private record Started(TestFrontend frontend) implements AutoCloseable {
        @Override
        public void close() {
            frontend.close();
        }
    }

    private TestFrontend frontend;

    @Override
    public void beforeEach(ExtensionContext context) {
        frontend = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Frontend.class))
                .computeIfAbsent("frontend", absent -> new Started(TestFrontend.start()), Started.class)
                .frontend();
        gateway().forget();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        await().untilAsserted(() -> {
            assertThat(gateway().unreleased()).isEmpty();
            assertThat(gateway().retained().held()).isZero();
        });
    }

    public String http() {
        return "http://127.0.0.1:" + frontend.port();
    }

    public String grpc() {
        return "grpc://127.0.0.1:" + frontend.grpcPort();
    }

    FakeGateway gateway() {
        return frontend.gateway();
    }

    Seen onlyCall() {
        assertThat(gateway().calls()).hasSize(1);
        return gateway().calls().get(0);
    }
}
