package dev.sluice.host.onnx.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sluice.common.concurrent.LargeStack;

/** ONNX Runtime's environment, of which a process has one. */
final class Environment {

    private Environment() {}

    static OrtEnvironment get() {
        return Holder.MADE;
    }

    private static final class Holder {
        static final OrtEnvironment MADE = make();

        private static OrtEnvironment make() {
            OrtEnvironment made = LargeStack.call("sluice-onnx-start", OrtEnvironment::getEnvironment);
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
