package dev.sluice.router.testing;

import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.wire.Role;
import dev.sluice.router.RouterApplication;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.resources.LoopResources;

/** The real application on a port of its own, and processes that link with it. */
public final class RunningRouter implements AutoCloseable {

    private final LoopResources loops = LoopResources.create("peers", 1, true);
    private final List<LinkedPeer> peers = new ArrayList<>();
    private final ConfigurableApplicationContext context;
    private final int port;
    private final TemporaryFolder folder;

    public RunningRouter(String... settings) {
        folder = TemporaryFolder.make();
        List<String> own =
                List.of("--server.port=0", "--sluice.node-id=router-under-test", "--sluice.fleet.dir=" + folder.path());
        try {
            context = SpringApplication.run(
                    RouterApplication.class,
                    Stream.concat(own.stream(), Stream.of(settings)).toArray(String[]::new));
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public LinkedPeer link(Role role) throws InterruptedException {
        LinkedPeer peer = connect(role, LinkTransport.CLEARTEXT);
        peer.link();
        return peer;
    }

    /** Whether it comes to a link is to be seen. */
    public LinkedPeer connect(Role role, LinkTransport transport) {
        LinkedPeer peer = new LinkedPeer(role, port, transport, loops);
        peers.add(peer);
        return peer;
    }

    /** What it consists of. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl(uri("").toString())
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    /** Stops the application as an operator would; the links of its peers stay what they are. */
    public void stop() {
        context.close();
    }

    @Override
    public void close() {
        peers.forEach(LinkedPeer::close);
        context.close();
        folder.close();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
    }
}
