package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Over real connections. A test that waits for something waits for as long as it takes. */
@Timeout(120)
class ReconnectTest {

    private static final int MIB = 1024 * 1024;

    @Test
    void linksAgainWithARouterThatComesBackOnItsPort() throws Exception {
        try (LinkPair pair = LinkPair.open(settings("", LinkPair.PATIENT))) {
            long before = pair.frontend.link().peer().incarnation();
            for (int i = 0; i < 3; i++) {
                pair.stopRouter();
                assertThat(Recorder.await(pair.frontend.closed)).isNotEmpty();
                pair.startRouter();
                assertThat(pair.frontend.next().peer().incarnation()).isNotEqualTo(before);
                pair.router().link();
            }
        }
    }

    @Test
    void saysOnBothSidesWhyThereIsNoLinkWithAnotherSecretAndKeepsTrying() throws Exception {
        try (LogCapture log = LogCapture.of("dev.sluice");
                LogCapture others = LogCapture.of("reactor")) {
            try (LinkPair pair =
                    new LinkPair(settings("one", LinkPair.PATIENT), settings("another", LinkPair.PATIENT))) {
                while (log.messages().stream()
                                .filter(message -> message.startsWith("No link with /127.0.0.1:"))
                                .count()
                        < 3) {
                    Thread.onSpinWait();
                }
                assertThat(pair.frontend.opened).isEmpty();
                assertThat(pair.router().opened).isEmpty();
            }
            String why = ": its cluster secret is another one; give all processes the same sluice.cluster-secret.";
            assertThat(log.messages())
                    .as("of the router, at each attempt")
                    .filteredOn(message -> message.startsWith("No link with /127.0.0.1:"))
                    .allSatisfy(message -> assertThat(message).endsWith(why));
            assertThat(log.messages())
                    .as("of the frontend, once")
                    .filteredOn(message -> message.startsWith("No link with the router at http://127.0.0.1:"))
                    .singleElement()
                    .asString()
                    .endsWith(why);
            assertThat(log.messagesWithStackTrace()).isEmpty();
            assertThat(others.messages()).isEmpty();
        }
    }

    @Test
    void givesUpAServerThatAcceptsAndNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LogCapture log = LogCapture.of(LinkConnector.class)) {
            LoopResources loops = LoopResources.create("silent-test", 1, true);
            Recorder frontend = new Recorder();
            LinkConnector connector = connector(frontend, silent.getLocalPort(), loops);
            List<Socket> accepted = new ArrayList<>();
            connector.start();
            for (int i = 0; i < 3; i++) {
                accepted.add(silent.accept());
            }
            connector.dispose();
            assertThat(frontend.opened).isEmpty();
            for (Socket socket : accepted) {
                assertEnds(socket);
            }
            assertThat(log.messages())
                    .containsExactly("No link with the router at http://127.0.0.1:" + silent.getLocalPort()
                            + ", trying again: it does not answer.");
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
        }
    }

    /** Reads until the other side has closed: a dead connection is not used again, and not kept. */
    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        while (socket.getInputStream().read() >= 0) {}
        socket.close();
    }

    @Test
    void givesUpARouterThatTakesTheRequestAndSaysNothing() {
        LoopResources loops = LoopResources.create("silent-test", 1, true);
        Recorder frontend = new Recorder();
        List<String> requests = new ArrayList<>();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .protocol(HttpProtocol.H2C)
                .handle((request, response) -> {
                    synchronized (requests) {
                        requests.add(request.uri());
                        requests.notifyAll();
                    }
                    request.receive().subscribe(bytes -> {}, broken -> {});
                    return response.send(Flux.never());
                })
                .bindNow();
        LinkConnector connector = connector(frontend, server.port(), loops);
        try (LogCapture log = LogCapture.of(LinkConnector.class)) {
            connector.start();
            awaitSize(requests, 3);
            String tries = "No link with the router at http://127.0.0.1:" + server.port() + ", trying again: ";
            String unheard = tries + "nothing was heard for 300 ms.";
            assertThat(log.messages())
                    .as("on a machine with much else to do an attempt may not get as far as its request in that time")
                    .contains(unheard)
                    .isSubsetOf(unheard, tries + "it does not answer.");
            assertThat(log.messages()).as("once in a row").doesNotContainSequence(unheard, unheard);
        }
        connector.dispose();
        server.disposeNow();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
        assertThat(frontend.opened).isEmpty();
    }

    @Test
    void saysThatSomethingElseAnswers() {
        LoopResources loops = LoopResources.create("other-test", 1, true);
        List<String> requests = new ArrayList<>();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .protocol(HttpProtocol.H2C)
                .handle((request, response) -> {
                    synchronized (requests) {
                        requests.add(request.uri());
                        requests.notifyAll();
                    }
                    return response.sendNotFound();
                })
                .bindNow();
        LinkConnector connector =
                TestRouter.connector(settings("", LinkPair.PATIENT), loops, server.port(), new Recorder());
        try (LogCapture log = LogCapture.of("dev.sluice");
                LogCapture others = LogCapture.of("reactor")) {
            connector.start();
            awaitSize(requests, 3);
            assertThat(log.messages())
                    .containsExactly("No link with the router at http://127.0.0.1:" + server.port()
                            + ", trying again: it answered 404 NOT_FOUND; is it a Sluice router, and is"
                            + " sluice.routers right?.");
            assertThat(others.messages()).isEmpty();
        }
        connector.dispose();
        server.disposeNow();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
    }

    @Test
    void stopsTryingOnceItIsDisposed() throws Exception {
        LoopResources loops = LoopResources.create("stop-test", 1, true);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            LinkConnector connector = connector(new Recorder(), server.getLocalPort(), loops);
            connector.start();
            Socket first = server.accept();
            connector.dispose();
            assertThat(connector.isDisposed()).isTrue();
            assertEnds(first);
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
    }

    @Test
    void leavesALinkAsItIsWhenItIsRetiredAndMakesNoOtherAfterIt() throws Exception {
        try (LinkPair pair = LinkPair.open(settings("", LinkPair.PATIENT))) {
            pair.connector.retire();
            assertThat(pair.connector.isDisposed()).isFalse();
            assertThat(pair.frontend.link().isOpen()).isTrue();
            pair.router().closeAll();
            assertThat(Recorder.await(pair.frontend.closed)).isNotEmpty();
            while (!pair.connector.isDisposed()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void linksAgainWhenItIsKeptAfterAll() throws Exception {
        try (LinkPair pair = LinkPair.open(settings("", LinkPair.PATIENT))) {
            pair.connector.retire();
            pair.connector.keep();
            pair.router().closeAll();
            assertThat(Recorder.await(pair.frontend.closed)).isNotEmpty();
            assertThat(pair.frontend.next().isOpen()).isTrue();
        }
    }

    @Test
    void stopsTryingWhenItIsRetiredWithoutALink() throws Exception {
        LoopResources loops = LoopResources.create("retire-test", 1, true);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            LinkConnector connector = connector(new Recorder(), server.getLocalPort(), loops);
            connector.start();
            Socket first = server.accept();
            connector.retire();
            assertThat(connector.isDisposed()).isTrue();
            assertEnds(first);
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
    }

    @Test
    void keepsNoConnectionThatItGaveUpBeforeThereWasOne() throws Exception {
        LoopResources loops = LoopResources.create("late-test", 1, true);
        AtomicBoolean busy = new AtomicBoolean(true);
        loops.onClient(true).execute(() -> {
            // Without a pause: BlockHound knows all of them.
            while (busy.get()) {}
        });
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LogCapture log = LogCapture.of(LinkConnector.class)) {
            LinkConnector connector = connector(new Recorder(), server.getLocalPort(), loops);
            connector.start();
            while (log.messages().isEmpty()) {
                Thread.onSpinWait();
            }
            connector.dispose();
            busy.set(false);
            server.setSoTimeout(1000);
            assertThat(log.messages()).singleElement().asString().endsWith("trying again: it does not answer.");
            for (Socket late = acceptOrNull(server); late != null; late = acceptOrNull(server)) {
                assertEnds(late);
            }
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
    }

    private static Socket acceptOrNull(ServerSocket server) throws IOException {
        try {
            return server.accept();
        } catch (SocketTimeoutException none) {
            return null;
        }
    }

    private static LinkConnector connector(Recorder frontend, int port, LoopResources loops) {
        return TestRouter.connector(settings("", Duration.ofMillis(300)), loops, port, frontend);
    }

    private static void awaitSize(List<String> list, int size) {
        synchronized (list) {
            while (list.size() < size) {
                try {
                    list.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static LinkSettings settings(String secret, Duration lease) {
        return new LinkSettings(secret, MIB, 4 * MIB, 4 * MIB, lease);
    }
}
