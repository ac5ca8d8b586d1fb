package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.network.TcpProxy;
import dev.sluice.benchmarks.network.Weather;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is between frontends or hosts, and routers: they know the routers by no other address. */
final class Network implements AutoCloseable {

    private final Map<Tier, List<TcpProxy>> proxies;

    private Network(Map<Tier, List<TcpProxy>> proxies) {
        this.proxies = proxies;
    }

    /** @param firstPort of the first router; the others follow */
    static Network before(int firstPort, int routers) throws IOException {
        return new Network(Map.of(Tier.FRONTEND, proxies(firstPort, routers), Tier.HOST, proxies(firstPort, routers)));
    }

    private static List<TcpProxy> proxies(int firstPort, int count) throws IOException {
        List<TcpProxy> proxies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            proxies.add(new TcpProxy(firstPort + i));
        }
        return List.copyOf(proxies);
    }

    /** What this tier is to take for the routers' addresses. */
    String routers(Tier tier) {
        return of(tier).stream().map(proxy -> proxy.url().toString()).collect(Collectors.joining(","));
    }

    private List<TcpProxy> of(Tier tier) {
        return Objects.requireNonNull(proxies.get(tier), tier::word);
    }

    Part whole() {
        return new Part(Stream.of(Tier.FRONTEND, Tier.HOST)
                .flatMap(tier -> of(tier).stream())
                .toList());
    }

    /** Between a tier and this router. */
    Part between(Tier tier, int router) {
        return new Part(List.of(of(tier).get(router)));
    }

    /** Some of it, each piece between all of a tier and one router. */
    record Part(List<TcpProxy> proxies) {

        void weather(Weather weather) {
            proxies.forEach(proxy -> proxy.weather(weather));
        }

        /** Bytes that have come through each, so far. */
        List<Long> carried() {
            return proxies.stream().map(TcpProxy::carried).toList();
        }

        int size() {
            return proxies.size();
        }
    }

    @Override
    public void close() throws IOException {
        for (TcpProxy proxy : whole().proxies()) {
            proxy.close();
        }
    }
}
