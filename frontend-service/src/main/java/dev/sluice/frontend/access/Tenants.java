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

    /** Whether others have limits, and this one none since nothing is said of it. */
    public boolean leaveOut(String name) {
        return !listed.isEmpty() && !listed.containsKey(name) && others.equals(Tenant.FREE);
    }
}
