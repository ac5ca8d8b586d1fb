package dev.sluice.frontend.config;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.Frame;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class FirstCatalogueTest {

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean waits(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(FirstCatalogue.class.getName()));
    }

    /** Anybody can connect, or nobody. */
    private static void connect(int port) throws Exception {
        new Socket("127.0.0.1", port).close();
    }

    @Test
    void aFrontendThatStartsTakesNoConnectionsBeforeIt() throws Exception {
        int port = freePort();
        CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
        try (LinkServer router = LinkServer.start()) {
            Thread starting = new Thread(() -> {
                try {
                    started.complete(WholeFrontend.start(
                            "sluice.frontend.catalogue-wait=1m",
                            "sluice.link.lease=2m",
                            "sluice.routers=" + router.address(),
                            "server.port=" + port));
                } catch (RuntimeException | Error e) {
                    started.completeExceptionally(e);
                }
            });
            starting.setDaemon(true);
            starting.start();
            Link link = router.link();
            await().until(() -> waits(starting));
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);

            link.send(new Frame.Catalogue(MembershipJson.write(new CatalogueContent(List.of()))));
            ConfigurableApplicationContext frontend = started.get(2, TimeUnit.MINUTES);
            connect(port);
            frontend.close();
        }
    }

    @Test
    void whereNoneComesInTimeItTakesThemAllTheSame() throws Exception {
        int port = freePort();
        try (LinkServer router = LinkServer.start();
                ConfigurableApplicationContext frontend = WholeFrontend.start(
                        "sluice.frontend.catalogue-wait=50ms",
                        "sluice.link.lease=2m",
                        "sluice.routers=" + router.address(),
                        "server.port=" + port)) {
            connect(port);
            assertThat(frontend.isActive()).isTrue();
        }
    }
}
