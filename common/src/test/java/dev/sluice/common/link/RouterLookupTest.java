package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.LogCapture;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class RouterLookupTest {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final List<Connection> connections = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void linksWithEveryAddressOfAName() {
        names.put("router", addresses("10.0.0.1", "10.0.0.2"));
        start("http://router:7000");
        assertThat(wanted()).containsExactlyInAnyOrder("http://10.0.0.1:7000", "http://10.0.0.2:7000");
    }

    @Test
    void linksWithRoutersThatComeLaterOnceEach() {
        names.put("router", addresses("10.0.0.1"));
        start("http://router:7000");
        pass(3);
        names.put("router", addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"));
        pass(3);
        assertThat(connections.stream().map(Connection::address))
                .containsExactlyInAnyOrder("http://10.0.0.1:7000", "http://10.0.0.2:7000", "http://10.0.0.3:7000");
        assertThat(connections).allMatch(connection -> connection.starts == 1);
    }

    @Test
    void leavesTheLinkOfAnAddressThatIsNoLongerNamedToEndByItself() {
        names.put("router", addresses("10.0.0.1", "10.0.0.2"));
        start("http://router:7000");
        pass(1);
        names.put("router", addresses("10.0.0.2"));
        pass(1);
        assertThat(wanted()).containsExactly("http://10.0.0.2:7000");
        assertThat(connections).noneMatch(Connection::isDisposed);
    }

    @Test
    void keepsALinkWhoseAddressIsNamedAgain() {
        names.put("router", addresses("10.0.0.1", "10.0.0.2"));
        start("http://router:7000");
        pass(1);
        names.put("router", addresses("10.0.0.2"));
        pass(1);
        names.put("router", addresses("10.0.0.1", "10.0.0.2"));
        pass(1);
        assertThat(connections).hasSize(2);
        assertThat(wanted()).containsExactlyInAnyOrder("http://10.0.0.1:7000", "http://10.0.0.2:7000");
    }

    @Test
    void linksAnewWithAnAddressWhoseLinkEndedWhileItWasNotNamed() {
        names.put("router", addresses("10.0.0.1"));
        start("http://router:7000");
        pass(1);
        names.put("router", addresses("10.0.0.2"));
        pass(1);
        connections.get(0).disposed = true;
        names.put("router", addresses("10.0.0.1"));
        pass(1);
        assertThat(wanted()).containsExactly("http://10.0.0.1:7000");
    }

    @Test
    void leavesEverythingAsItIsWhileANameHasNoAddressAndSaysSoOnce() {
        names.put("router", addresses("10.0.0.1"));
        start("http://router:7000");
        pass(1);
        names.clear();
        try (LogCapture log = LogCapture.of(RouterName.class)) {
            pass(5);
            assertThat(log.messages())
                    .containsExactly("The name router of sluice.routers has no address at the moment, looking again:"
                            + " the links that there are go on.");
        }
        assertThat(wanted()).containsExactly("http://10.0.0.1:7000");
    }

    @Test
    void waitsForANameThatIsNotThereYetAndSaysSoOnce() {
        try (LogCapture log = LogCapture.of(RouterName.class)) {
            start("http://router:7000");
            pass(5);
            assertThat(log.messages())
                    .containsExactly("The name router of sluice.routers has no address at the moment, looking again:"
                            + " no router is up, or the name is wrong.");
            assertThat(connections).isEmpty();
            names.put("router", addresses("10.0.0.1"));
            pass(1);
            assertThat(wanted()).containsExactly("http://10.0.0.1:7000");
            names.clear();
            pass(2);
            assertThat(log.messages()).as("it was there in between").hasSize(2);
        }
    }

    @Test
    void oneNameThatFailsDoesNotHinderTheOthers() {
        names.put("east", addresses("10.0.0.1"));
        start("http://west:7000", "http://east:7001");
        pass(2);
        assertThat(wanted()).containsExactly("http://10.0.0.1:7001");
    }

    @Test
    void linksOnceWithAnAddressThatTwoNamesHave() {
        names.put("router", addresses("10.0.0.1"));
        names.put("router.local", addresses("10.0.0.1"));
        start("http://router:7000", "http://router.local:7000", "http://10.0.0.1:7000");
        pass(2);
        assertThat(connections).singleElement().matches(connection -> connection.starts == 1);
    }

    @Test
    void linksAtOnceWithWhatIsAnAddressAndLooksNothingUp() {
        start("http://127.0.0.1:7000", "http://[::1]:7001");
        assertThat(wanted()).containsExactlyInAnyOrder("http://127.0.0.1:7000", "http://[::1]:7001");
        pass(5);
        assertThat(connections).hasSize(2);
    }

    @Test
    void takesTheOlderFamilySoThatNoRouterIsThereTwice() {
        names.put("localhost", addresses("::1", "127.0.0.1"));
        names.put("newer", addresses("fd00::7"));
        start("http://localhost:7000", "http://newer:7000");
        pass(1);
        assertThat(wanted()).containsExactlyInAnyOrder("http://127.0.0.1:7000", "http://[fd00::7]:7000");
    }

    @Test
    void asksWhoKnowsOfRoutersAgainAndAgain() {
        Set<URI> known = new HashSet<>(Set.of(URI.create("http://10.0.0.1:7000"), URI.create("http://10.0.0.2:7000")));
        new RouterLookup(Set.of(), List.of(() -> Set.copyOf(known)), this::connected, time, PERIOD).start();
        assertThat(wanted()).containsExactlyInAnyOrder("http://10.0.0.1:7000", "http://10.0.0.2:7000");
        known.remove(URI.create("http://10.0.0.1:7000"));
        known.add(URI.create("http://10.0.0.3:7000"));
        pass(1);
        assertThat(wanted()).containsExactlyInAnyOrder("http://10.0.0.2:7000", "http://10.0.0.3:7000");
        assertThat(connections).hasSize(3).noneMatch(Connection::isDisposed);
    }

    @Test
    void looksOnAfterAFault() {
        names.put("router", addresses("10.0.0.1"));
        RouterLookup lookup = lookup(
                address -> {
                    if (connections.isEmpty()) {
                        connections.add(new Connection("the fault"));
                        throw new IllegalStateException("planted");
                    }
                    return connected(address);
                },
                "http://router:7000");
        try (LogCapture log = LogCapture.of(RouterLookup.class)) {
            lookup.start();
            pass(2);
            assertThat(log.messagesWithStackTrace()).hasSize(1);
        }
        assertThat(connections).last().extracting(Connection::address).isEqualTo("http://10.0.0.1:7000");
    }

    @Test
    void endsAllLinksAndLooksNoMoreOnceItIsDisposed() {
        names.put("router", addresses("10.0.0.1"));
        RouterLookup lookup = start("http://router:7000", "http://127.0.0.1:7000");
        pass(1);
        lookup.dispose();
        names.put("router", addresses("10.0.0.2"));
        pass(3);
        assertThat(lookup.isDisposed()).isTrue();
        assertThat(connections).hasSize(2).allMatch(Connection::isDisposed);
    }

    private RouterLookup start(String... routers) {
        RouterLookup lookup = lookup(this::connected, routers);
        lookup.start();
        return lookup;
    }

    private RouterLookup lookup(Function<URI, RouterConnection> connect, String... routers) {
        List<URI> all = List.of(routers).stream().map(URI::create).toList();
        return new RouterLookup(
                RouterLookup.addresses(all), RouterLookup.names(all, this::lookUp), connect, time, PERIOD);
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        List<InetAddress> addresses = names.get(name);
        if (addresses == null) {
            throw new UnknownHostException(name);
        }
        return addresses;
    }

    private Connection connected(URI address) {
        Connection connection = new Connection(address.toString());
        connections.add(connection);
        return connection;
    }

    /** The first look is at the start, each period brings one more. */
    private void pass(int periods) {
        time.advanceTimeBy(PERIOD.multipliedBy(periods));
    }

    private List<String> wanted() {
        return connections.stream()
                .filter(connection -> !connection.retired && !connection.disposed)
                .map(Connection::address)
                .toList();
    }

    private static List<InetAddress> addresses(String... numeric) {
        return List.of(numeric).stream().map(RouterLookupTest::address).toList();
    }

    private static InetAddress address(String numeric) {
        try {
            return InetAddress.getByName(numeric);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(numeric, e);
        }
    }

    private static final class Connection implements RouterConnection {

        private final String address;
        private int starts;
        private boolean retired;
        private boolean disposed;

        Connection(String address) {
            this.address = address;
        }

        String address() {
            return address;
        }

        @Override
        public void start() {
            starts++;
        }

        @Override
        public void retire() {
            retired = true;
        }

        @Override
        public void keep() {
            retired = false;
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }
}
