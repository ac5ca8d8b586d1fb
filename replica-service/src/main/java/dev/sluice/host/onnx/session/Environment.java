package dev.sluice.host.onnx.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

/**
 * ONNX Runtime's environment, of which a process has one. While it is made, ONNX Runtime searches the process's command line by a pattern,
 * a step deeper with each character: one of 12 kB (a long class path) overflows the stack of an ordinary thread, and that ends the
 * process without a word. So it is made on a thread with a large one.
 */
final class Environment {

    private static final long STACK_BYTES = 64L << 20;

    private Environment() {}

    static OrtEnvironment get() {
        return Holder.MADE;
    }

    private static final class Holder {
        static final OrtEnvironment MADE = make();

        private static OrtEnvironment make() {
            Thread maker = new Thread(null, OrtEnvironment::getEnvironment, "sluice-onnx-start", STACK_BYTES);
            maker.start();
            boolean interrupted = false;
            while (true) {
                try {
                    maker.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            // There by now. Had it failed there, it fails here in the same way, and says so to the caller.
            OrtEnvironment made = OrtEnvironment.getEnvironment();
            try {
                // Where it could tell its makers how it is used, it does not.
                made.setTelemetry(false);
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
            return made;
        }
    }
}
