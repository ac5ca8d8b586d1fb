package dev.sluice.router.fleet.store;

import dev.sluice.router.testing.MemoryFleetStore;

class MemoryFleetStoreTest extends FleetStoreContract {

    private final MemoryFleetStore store = new MemoryFleetStore(true);

    @Override
    FleetStore store() {
        return store;
    }
}
