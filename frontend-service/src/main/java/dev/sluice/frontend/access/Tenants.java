package dev.sluice.frontend.access;

import java.util.Map;

/**
 * What tenants may.
 *
 * @param listed by their names
 * @param others each that is not listed
 */
public record Tenants(Map<String, Tenant> listed, Tenant others) {

    public Tenants {
        listed = Map.copyOf(listed);
    }

    public Tenant of(String name) {
        return listed.getOrDefault(name, others);
    }

    /** Whether others have limits, and this one none since nothing is said of it. */
    public boolean leaveOut(String name) {
        return !listed.isEmpty() && !listed.containsKey(name) && others.equals(Tenant.FREE);
    }
}
