package dev.sluice.host.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Ends runs of a model from another thread, which they notice between two of its operations. Thread-safe. */
public final class RunStop implements AutoCloseable {

    private final OrtSession.RunOptions options;
    private boolean stopped;
    private boolean closed;

    public RunStop() throws OrtException {
        options = new OrtSession.RunOptions();
    }

    OrtSession.RunOptions options() {
        return options;
    }

    /** From now on runs that were given this fail. */
    public synchronized void stop() {
        if (closed || stopped) {
            return;
        }
        stopped = true;
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException("a run could not be stopped", e);
        }
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Once no run that was given this goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        options.close();
    }
}
