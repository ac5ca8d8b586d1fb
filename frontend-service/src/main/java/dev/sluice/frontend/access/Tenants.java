package dev.sluice.frontend.access;

import java.util.Map;

/** What tenants may. */
public final class Tenants {

    private final Map<String, Tenant> listed;
    private final Tenant others;

    /** @param others each that is not listed */
    public Tenants(Map<String, Tenant> listed, Tenant others) {
        this.listed = Map.copyOf(listed);
        this.others = others;
    }

    public Tenant of(String name) {
        return listed.getOrDefault(name, others);
    }
}
