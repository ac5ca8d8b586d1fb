package dev.sluice.sdk.annotated;

import org.jspecify.annotations.Nullable;

/**
 * While user code is called, its own class loader is the thread's: libraries in a user's jar look there for drivers and
 * services, and would not find them in the host's.
 */
final class UserClassLoader {

    private UserClassLoader() {}

    /** Returns the thread's class loader until now, for {@link #leave}. */
    static @Nullable ClassLoader enter(Class<?> actor) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(actor.getClassLoader());
        return before;
    }

    static void leave(@Nullable ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }
}
