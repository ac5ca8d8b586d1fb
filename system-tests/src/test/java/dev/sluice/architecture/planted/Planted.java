package dev.sluice.architecture.planted;

/** Marks the root below which every class breaks a rule, or is known by one that does. */
public interface Planted {}
