package dev.sluice.sdk.annotated;

/** The dependency that {@link NeedsMissing} lacks. */
record Missing(long value) {}
