package dev.sluice.common.link;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routers that a name stands for: as many as it has addresses. */
final class RouterName implements RouterSource {

    private static final Logger log = LoggerFactory.getLogger(RouterName.class);

    private final URI router;
    private final AddressLookup lookup;
    /** What the name stood for when it last had an address. */
    private Set<URI> last = Set.of();

    private boolean missed;

    /** @param router scheme, name and port, for instance {@code http://router:7000} */
    RouterName(URI router, AddressLookup lookup) {
        this.router = router;
        this.lookup = lookup;
    }

    @Override
    public Set<URI> routers() {
        try {
            Set<URI> found = resolved();
            if (missed || !found.equals(last)) {
                log.info("The routers of {} are {}.", router, found);
            }
            missed = false;
            last = found;
        } catch (UnknownHostException e) {
            if (!missed) {
                log.warn(
                        "The name {} of sluice.routers has no address at the moment, looking again: {}.",
                        router.getHost(),
                        last.isEmpty() ? "no router is up, or the name is wrong" : "the links that there are go on");
            }
            missed = true;
        }
        return last;
    }

    /** Each router is there once, so of one family of addresses. */
    private Set<URI> resolved() throws UnknownHostException {
        List<InetAddress> addresses = AddressLookup.olderFamily(lookup.addressesOf(router.getHost()));
        return addresses.stream()
                .map(address -> URI.create(router.getScheme() + "://"
                        + NetUtil.toSocketAddressString(new InetSocketAddress(address, router.getPort()))))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
