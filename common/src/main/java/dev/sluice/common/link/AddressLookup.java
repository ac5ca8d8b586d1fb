package dev.sluice.common.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What addresses a name has. */
@FunctionalInterface
interface AddressLookup {

    /** @throws UnknownHostException where the name has none, or nobody could be asked */
    List<InetAddress> addressesOf(String name) throws UnknownHostException;

    /** As the JVM resolves names. Blocks. */
    static AddressLookup system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
