package dev.sluice.common.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.LogCapture;
import dev.sluice.common.wire.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveredRoutersTest {

    private static final String NO_LINKS = "; is a router up, and is it registered there?.";
    private static final String LINKS = "; the links that there are go on.";

    private final ScriptedClient client = new ScriptedClient();
    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final LogCapture log = LogCapture.of(DiscoveredRouters.class);
    private final DiscoveredRouters routers =
            new DiscoveredRouters("sluice-router", client, Duration.ofMinutes(1), "http", this::lookUp);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void areTheInstancesOfTheService() {
        client.names("10.0.0.1", 7000);
        client.names("10.0.0.2", 7001);
        assertThat(found()).containsExactly("http://10.0.0.1:7000", "http://10.0.0.2:7001");
        assertThat(client.asked).containsExactly("sluice-router");
    }

    @Test
    void changeWithTheRegistry() {
        client.names("10.0.0.1", 7000);
        found();
        client.instances.clear();
        client.names("10.0.0.2", 7000);
        assertThat(found()).containsExactly("http://10.0.0.2:7000");
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void areLinkedWhereTheySayThatTheyAcceptLinks() {
        client.names("10.0.0.1", 9100, Map.of(InstanceMetadata.LINK_PORT, "7000"));
        client.names("10.0.0.2", 7000, Map.of(InstanceMetadata.LINK_PORT, "what"));
        assertThat(found()).containsExactly("http://10.0.0.1:7000", "http://10.0.0.2:7000");
    }

    @Test
    void stayWhileTheRegistryDoesNotAnswerWhichIsSaidOnce() {
        client.names("10.0.0.1", 7000);
        found();
        client.failure = new IllegalStateException("it is gone");
        assertThat(found()).containsExactly("http://10.0.0.1:7000");
        // Many clients swallow what fails and say that there is nothing.
        client.failure = null;
        client.instances.clear();
        assertThat(found()).containsExactly("http://10.0.0.1:7000");
        assertThat(log.messages())
                .singleElement()
                .asString()
                .endsWith("the discovery client failed: it is gone" + LINKS);
    }

    @Test
    void areMissedAgainAfterTheyWereThere() {
        found();
        client.names("10.0.0.1", 7000);
        found();
        client.instances.clear();
        found();
        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().get(0)).endsWith("it has no instance" + NO_LINKS);
        assertThat(log.messages().get(1)).endsWith("it has no instance" + LINKS);
    }

    @Test
    void areNotWaitedForBeyondPatience() {
        client.silent = true;
        DiscoveredRouters hasty =
                new DiscoveredRouters("sluice-router", client, Duration.ofMillis(1), "http", this::lookUp);
        assertThat(hasty.routers()).isEmpty();
        assertThat(log.messages()).singleElement().asString().contains("the discovery client failed: ");
    }

    /** Each keeps one link of a peer, and two would take turns for ever. */
    @Test
    void haveOneAddressEachOfTheOlderFamily() {
        names.put(
                "router-0",
                Stream.of("::1", "10.0.0.1", "10.1.0.1")
                        .map(DiscoveredRoutersTest::address)
                        .toList());
        names.put("router-1", List.of(address("fd00::7")));
        client.names("router-0", 7000);
        client.names("router-1", 7000);
        client.names("10.0.0.1", 7000);
        assertThat(found()).containsExactly("http://10.0.0.1:7000", "http://[fd00::7]:7000");
    }

    @Test
    void keepTheAddressThatTheirNameHadLast() {
        names.put("router-0", List.of(address("10.0.0.1")));
        client.names("router-0", 7000);
        client.names("10.0.0.2", 7000);
        found();
        names.clear();
        assertThat(found()).containsExactly("http://10.0.0.1:7000", "http://10.0.0.2:7000");
        client.instances.remove(0);
        found();
        client.names("router-0", 7000);
        assertThat(found()).as("it was gone, and nobody knows where it is now").containsExactly("http://10.0.0.2:7000");
    }

    @Test
    void areMissedWhereNoNameHasAnAddress() {
        client.names("router-0", 7000);
        assertThat(found()).isEmpty();
        assertThat(log.messages()).singleElement().asString().endsWith("its instances have no addresses" + NO_LINKS);
    }

    /** Else a router whose link broke would be forgotten. */
    @Test
    void areNotTheOnesThatThisProcessIsLinkedWith() {
        client.names("10.0.0.1", 7000);
        client.names("10.0.0.2", 7000);
        found();
        client.instances.clear();
        client.instances.add(LinkedInstance.at(Role.ROUTER, "router-0", "10.0.0.1", 7000));
        assertThat(found()).containsExactly("http://10.0.0.1:7000", "http://10.0.0.2:7000");
    }

    /** Whoever stops a process interrupts what it does; that is no news of the registry. */
    @Test
    void sayNothingOnceTheirThreadIsInterrupted() {
        client.silent = true;
        Thread.currentThread().interrupt();
        assertThat(found()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.messages()).isEmpty();
    }

    private List<String> found() {
        return routers.routers().stream().map(Object::toString).toList();
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        if (names.containsKey(name)) {
            return names.get(name);
        }
        if (name.matches("[0-9.]+")) {
            return List.of(address(name));
        }
        throw new UnknownHostException(name);
    }

    private static InetAddress address(String numeric) {
        try {
            return InetAddress.getByName(numeric);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(numeric, e);
        }
    }
}
