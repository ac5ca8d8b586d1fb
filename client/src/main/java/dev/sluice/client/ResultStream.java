package dev.sluice.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/**
 * Results as they come, for one thread that waits for each. A few are fetched ahead and no more. Closing it before its end, from any
 * thread, cancels the query; so does interrupting the thread that waits.
 */
public final class ResultStream<T> implements Iterator<T>, AutoCloseable {

    private static final int AHEAD = 16;

    private final BlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();
    private final Reader reader = new Reader();

    // only the thread that reads touches this
    private @Nullable Signal<T> next;

    ResultStream(Flux<T> results) {
        Waiting.requireMayBlock();
        results.subscribe(reader);
    }

    /** @throws dev.sluice.client.error.SluiceException where the stream failed */
    @Override
    public boolean hasNext() {
        Signal<T> signal = peek();
        if (signal.isOnError()) {
            throw Waiting.failed(signal.getThrowable());
        }
        return signal.isOnNext();
    }

    private Signal<T> peek() {
        Signal<T> signal = next;
        if (signal == null) {
            Waiting.requireMayBlock();
            try {
                signal = signals.take();
            } catch (InterruptedException e) {
                reader.cancel();
                // Nothing comes after it, however often somebody asks.
                signal = Signal.error(Waiting.interrupted(e));
            }
            next = signal;
        }
        return signal;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The stream is at its end.");
        }
        T result = Objects.requireNonNull(peek().get());
        next = null;
        reader.request(1);
        return result;
    }

    /** The same as a stream, whose end closes this. */
    public Stream<T> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    /** Whoever waits finds it at its end. */
    @Override
    public void close() {
        reader.cancel();
        signals.add(Signal.complete());
    }

    private final class Reader extends BaseSubscriber<T> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(AHEAD);
        }

        @Override
        protected void hookOnNext(T result) {
            signals.add(Signal.next(result));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            signals.add(Signal.error(failure));
        }

        @Override
        protected void hookOnComplete() {
            signals.add(Signal.complete());
        }
    }
}
