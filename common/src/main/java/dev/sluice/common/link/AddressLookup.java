package dev.sluice.common.link;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What addresses a name has. */
@FunctionalInterface
public interface AddressLookup {

    /** @throws UnknownHostException where the name has none, or nobody could be asked */
    List<InetAddress> addressesOf(String name) throws UnknownHostException;

    /** As the JVM resolves names. Blocks. */
    static AddressLookup system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }

    /** Those of the older family, where there are both: who has an address in each is not two. */
    static List<InetAddress> olderFamily(List<InetAddress> addresses) {
        boolean four = addresses.stream().anyMatch(Inet4Address.class::isInstance);
        return addresses.stream()
                .filter(address -> !four || address instanceof Inet4Address)
                .toList();
    }
}
