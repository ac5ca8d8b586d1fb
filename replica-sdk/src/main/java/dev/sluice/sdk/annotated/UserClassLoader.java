package dev.sluice.sdk.annotated;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * While user code is called, its own class loader is the thread's: libraries in a user's jar look there for drivers and
 * services, and would not find them in the host's.
 */
final class UserClassLoader {

    private UserClassLoader() {}

    /** Returns the thread's class loader until now, for {@link #leave}. */
    static @Nullable ClassLoader enter(Class<?> actor) {
        return enter(actor.getClassLoader());
    }

    static @Nullable ClassLoader enter(ClassLoader actors) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(actors);
        return before;
    }

    /** The same work, whose disposal, from whatever thread, runs user code with its own class loader. */
    static Disposable around(Class<?> actor, Disposable work) {
        return new Disposable() {
            @Override
            public void dispose() {
                ClassLoader before = enter(actor);
                try {
                    work.dispose();
                } finally {
                    leave(before);
                }
            }

            @Override
            public boolean isDisposed() {
                return work.isDisposed();
            }
        };
    }

    static void leave(@Nullable ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }
}
